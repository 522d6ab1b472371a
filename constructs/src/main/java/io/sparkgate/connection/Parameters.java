package io.sparkgate.connection;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Referable;
import io.sparkgate.internal.Upstream;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.ssm.CfnParameter;
import software.constructs.Construct;

/** Parameters below one prefix, of a construct. */
final class Parameters {

  private final Construct scope;
  private final Stack stack;
  private final Findings findings;
  private final String prefix;

  /**
   * Takes the prefix.
   *
   * @param given null for {@code /sparkgate/<name of the outermost stack>}
   * @throws IllegalArgumentException if names cannot begin so, or another has it
   */
  Parameters(Construct scope, Findings findings, @Nullable String given) {
    this.scope = scope;
    this.findings = findings;
    stack = Stack.of(scope);
    prefix = given != null ? given : "/sparkgate/" + Place.outermost(stack).getStackName();
    PrefixChecks.check(scope, findings, prefix);
  }

  String prefix() {
    return prefix;
  }

  /** The tier is said because an account can have another default. */
  void write(ParameterName parameter, String value) {
    Upstream.note(scope, value);
    CfnParameter.Builder.create(scope, parameter.id())
        .name(parameter.in(prefix))
        .type("String")
        .tier("Standard")
        .value(value)
        .description(parameter.description())
        .build();
  }

  /** A role's ARN, which a stack of another place knows only if the role has a name. */
  void write(ParameterName parameter, String property, IRole role) {
    new Referable(property, role, role.getRoleArn())
        .check(findings, "the role a name (roleName)", "the contract", stack);
    write(parameter, role.getRoleArn());
  }

  /** What a client's PySpark and Python must be, as far as it is known of a release. */
  void writeVersions(ReleaseLabel release) {
    release.sparkVersion().ifPresent(version -> write(ParameterName.SPARK_VERSION, version));
    release.pythonVersion().ifPresent(version -> write(ParameterName.PYTHON_VERSION, version));
    release.pipRequirements().ifPresent(pyspark -> write(ParameterName.PYSPARK, pyspark));
  }

  /** The ARNs of all these, also of what is not there. */
  List<String> arns(Set<ParameterName> all) {
    String parameter =
        "arn:%s:ssm:%s:%s:parameter"
            .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount());
    return all.stream().map(each -> parameter + each.in(prefix)).toList();
  }

  Grant grantRead(IGrantable readers, List<String> arns) {
    return Grantee.ofParameters(readers, Place.of(stack), findings)
        .grant(List.of(Permissions.connection(arns)));
  }
}
