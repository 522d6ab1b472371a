package io.sparkgate.dashboard;

import io.sparkgate.watch.TakeoverAlarm;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.constructs.Construct;

/**
 * What whoever is on call looks at first: who is there, what idles and what that costs, whether
 * sessions start, capacity and quota, the warm pool, free addresses, job runs, and whether the
 * functions that watch do so.
 *
 * <p>AWS emits nothing of sessions, so without a session monitor only AWS's own metrics are shown,
 * and the page says so. CloudWatch gives an account three dashboards with up to 50 metrics each for
 * nothing; each other one costs about USD 3 a month (from memory: AWS's price page was not read).
 *
 * <p>It is named by the stack, the Region and the path in the stack, since an account has one list
 * of dashboards for all its Regions: {@code SparkConnect-dev-eu-west-1-SparkConnect_Dashboard}.
 *
 * <pre>{@code
 * SparkConnectDashboard.Builder.create(this, "Dashboard")
 *     .application(platform.getApplication())
 *     .reaper(platform.getReaper())
 *     .guard(platform.getGuard())
 *     .build();
 * }</pre>
 */
public final class SparkConnectDashboard extends Construct {

  private final Dashboard dashboard;

  private SparkConnectDashboard(Builder props) {
    super(props.scope, props.id);
    props.check(this);
    dashboard =
        Dashboard.Builder.create(this, "Resource")
            .dashboardName(DashboardName.of(this))
            .defaultInterval(Duration.hours(12))
            .widgets(rows(this, props))
            .build();
  }

  /**
   * Returns the dashboard, for example to add widgets below ours.
   *
   * @return the dashboard
   */
  public Dashboard getDashboard() {
    return dashboard;
  }

  /**
   * Adds a row on a takeover alarm that was made after this.
   *
   * @param takeoverAlarm of the same application
   */
  public void addTakeoverAlarm(TakeoverAlarm takeoverAlarm) {
    List<WatchingFunction> functions =
        takeoverAlarm.getFunctions().stream()
            .map(function -> new WatchingFunction("takeover", function))
            .toList();
    dashboard.addWidgets(new FunctionWidgets(functions).takeovers());
  }

  private static List<List<IWidget>> rows(Construct dashboard, Builder props) {
    Series series = props.series();
    List<List<IWidget>> rows = new ArrayList<>();
    rows.add(List.of(Introduction.of(dashboard, props)));
    if (props.isMonitored()) {
      SessionWidgets sessions = new SessionWidgets(series);
      rows.add(sessions.who());
      rows.add(sessions.cost());
      rows.add(sessions.starts());
    }
    ServiceWidgets service = new ServiceWidgets(series);
    rows.add(service.capacity());
    rows.add(service.workers());
    rows.add(others(props, series, service));
    if (!props.functions.isEmpty()) {
      rows.add(new FunctionWidgets(props.functions).health(props.reaper));
    }
    return rows;
  }

  private static List<IWidget> others(Builder props, Series series, ServiceWidgets service) {
    List<IWidget> others = new ArrayList<>();
    boolean countsAddresses = props.isMonitored() && !props.subnetIds.isEmpty();
    int ofRow = countsAddresses ? 3 : 2;
    if (countsAddresses) {
      others.add(
          Widgets.lines(
              "Addresses that are free in each subnet; a worker takes one",
              "addresses",
              props.subnetIds.stream()
                  .map(subnet -> Series.labelled(series.freeAddresses(subnet), subnet))
                  .toList()));
    }
    others.add(service.storage(ofRow));
    others.add(service.jobRuns(ofRow));
    return others;
  }

  /** A fluent builder for {@link SparkConnectDashboard}. */
  public static final class Builder extends ObservedSetters<Builder>
      implements software.amazon.jsii.Builder<SparkConnectDashboard> {

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts a dashboard.
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
    public SparkConnectDashboard build() {
      return new SparkConnectDashboard(this);
    }
  }
}
