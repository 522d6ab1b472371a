package io.sparkgate.dashboard;

import io.sparkgate.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;
import software.constructs.Construct;

/**
 * Saved queries of CloudWatch Logs Insights: why something was kept or ended and by which rule,
 * what one person's sessions did, what failed, what a dry run would have ended, who fetched whose
 * endpoint. They stand below {@code Sparkgate} and the stack's name, and cost nothing until they
 * are run.
 *
 * <pre>{@code
 * LogQueries.Builder.create(this, "Queries")
 *     .application(platform.getApplication())
 *     .reaper(platform.getReaper())
 *     .build();
 * }</pre>
 */
public final class LogQueries extends Construct {

  private final List<CfnQueryDefinition> definitions = new ArrayList<>();

  private LogQueries(Builder props) {
    super(props.scope, props.id);
    props.check(this);
    new Findings(this)
        .errorIf(
            props.functions.isEmpty(),
            "received no function, whose records queries read; call reaper(...), guard(...),"
                + " takeoverAlarm(...) or monitor(...)");
    for (LogQuery query : LogQuery.ALL) {
      List<String> logGroups =
          props.functions.stream()
              .filter(function -> query.of().contains(function.kind()))
              .map(function -> function.logGroup().getLogGroupName())
              .toList();
      if (!logGroups.isEmpty()) {
        definitions.add(
            CfnQueryDefinition.Builder.create(this, query.id())
                .name(
                    "Sparkgate/%s/%s/%s"
                        .formatted(
                            Stack.of(this).getStackName(),
                            props.observed().getApplicationId(),
                            query.name()))
                .queryString(query.text())
                .logGroupNames(logGroups)
                .build());
      }
    }
  }

  /** {@return the queries; those only whose records there are} */
  public List<CfnQueryDefinition> getDefinitions() {
    return List.copyOf(definitions);
  }

  /** A fluent builder for {@link LogQueries}. */
  public static final class Builder extends ObservedSetters<Builder>
      implements software.amazon.jsii.Builder<LogQueries> {

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts the queries.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public LogQueries build() {
      return new LogQueries(this);
    }
  }
}
