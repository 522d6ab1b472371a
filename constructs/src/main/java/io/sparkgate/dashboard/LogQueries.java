package io.sparkgate.dashboard;

import io.sparkgate.internal.Findings;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;
import software.constructs.Construct;

/**
 * Saved queries of CloudWatch Logs Insights: why something was kept or ended and by which rule,
 * what one person's sessions did, what failed, what a dry run would have ended, who fetched whose
 * endpoint. They stand below {@code Sparkgate} and the stack's name, and cost nothing until they
 * are run. Each asks for the one application, and for what concerns all that its functions watch.
 *
 * <pre>{@code
 * LogQueries.Builder.create(this, "Queries")
 *     .application(platform.getApplication())
 *     .reaper(platform.getReaper())
 *     .build();
 * }</pre>
 */
public final class LogQueries extends Construct {

  private final String application;
  private final Map<LogQuery, List<String>> read = new LinkedHashMap<>();
  private final Map<LogQuery, CfnQueryDefinition> definitions = new LinkedHashMap<>();

  private LogQueries(Builder props) {
    super(props.scope, props.id);
    props.check(this);
    new Findings(this)
        .errorIf(
            props.functions.isEmpty(),
            "received no function, whose records queries read; call reaper(...), guard(...),"
                + " takeoverAlarm(...) or monitor(...)");
    application = props.observed().getApplicationId();
    add(props.functions);
  }

  /**
   * Adds the log of a takeover alarm that was made after this.
   *
   * @param takeoverAlarm of the same application
   */
  public void addTakeoverAlarm(TakeoverAlarm takeoverAlarm) {
    add(
        takeoverAlarm.getFunctions().stream()
            .map(function -> new WatchingFunction("takeover", function))
            .toList());
  }

  private void add(List<WatchingFunction> functions) {
    for (LogQuery query : LogQuery.ALL) {
      List<String> more =
          functions.stream()
              .filter(function -> query.of().contains(function.kind()))
              .map(function -> function.logGroup().getLogGroupName())
              .toList();
      if (!more.isEmpty()) {
        List<String> logGroups = read.computeIfAbsent(query, none -> new ArrayList<>());
        logGroups.addAll(more);
        definitions.computeIfAbsent(query, this::define).setLogGroupNames(logGroups);
      }
    }
  }

  private CfnQueryDefinition define(LogQuery query) {
    return CfnQueryDefinition.Builder.create(this, query.id())
        .name(
            "Sparkgate/%s/%s/%s"
                .formatted(Stack.of(this).getStackName(), application, query.name()))
        .queryString(query.of(application))
        .build();
  }

  /** {@return the queries; those only whose records there are} */
  public List<CfnQueryDefinition> getDefinitions() {
    return List.copyOf(definitions.values());
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
