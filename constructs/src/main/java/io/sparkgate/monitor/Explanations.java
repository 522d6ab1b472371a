package io.sparkgate.monitor;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.internal.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/** The logs that say why a session ended or stayed, where they are named, and who may search. */
final class Explanations {

  private final Construct scope;
  private final List<ILogGroup> logGroups;
  private final List<Grantee> readers = new ArrayList<>();
  private final Optional<BesideConnection> parameter;

  Explanations(Construct scope, @Nullable String prefix, List<ILogGroup> logGroups) {
    this.scope = scope;
    this.logGroups = new ArrayList<>(logGroups);
    parameter =
        Optional.ofNullable(prefix)
            .map(
                known ->
                    BesideConnection.list(
                        scope, known, "log-groups", "Where sparkgate why searches", names()));
  }

  /** Whoever may search already may search these too. */
  void add(List<ILogGroup> more) {
    logGroups.addAll(more);
    parameter.ifPresent(known -> known.resource().setValue(names()));
    readers.forEach(reader -> reader.grant(List.of(searching(more))));
  }

  Grant grant(IGrantable people) {
    Stack stack = Stack.of(scope);
    Grantee grantee =
        Grantee.ofParameters(Upstream.nearer(people, stack), Place.of(stack), new Findings(scope));
    readers.add(grantee);
    List<Statement> statements = new ArrayList<>(List.of(searching(logGroups)));
    parameter.ifPresent(known -> statements.add(known.reading()));
    return grantee.grant(statements);
  }

  private static Statement searching(List<ILogGroup> groups) {
    return MonitorPermissions.searching(groups.stream().map(ILogGroup::getLogGroupArn).toList());
  }

  private String names() {
    return String.join(",", logGroups.stream().map(ILogGroup::getLogGroupName).toList());
  }
}
