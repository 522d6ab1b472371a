package io.sparkgate.monitor;

import static java.util.Objects.requireNonNull;

import io.sparkgate.serverless.Prices;
import io.sparkgate.watch.IdlePolicy;
import io.sparkgate.watch.RequestRates;
import io.sparkgate.watch.WatchSetters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * What a monitor is told.
 *
 * @param <B> the builder
 */
abstract class MonitorSetters<B extends MonitorSetters<B>> extends WatchSetters<B> {

  Duration every = Duration.minutes(5);
  @Nullable IdlePolicy idlePolicy;
  Duration warnBefore = Duration.minutes(10);
  @Nullable UsageStore usage;
  boolean hasUsage = true;
  @Nullable IEventBus eventBus;
  final List<ISubnet> subnets = new ArrayList<>();
  @Nullable Prices prices;
  OwnerLimits ownerLimits = OwnerLimits.none();
  int mostOwners = 10;
  RequestRates requestRates = RequestRates.share(25);
  RetentionDays logRetention = RetentionDays.THREE_MONTHS;
  @Nullable String parameterPrefix;

  MonitorSetters(Construct scope, String id) {
    super(scope, id);
  }

  /**
   * Sets the interval between passes. Default: 5 minutes. What lives for less may be seen only when
   * it has ended.
   *
   * @param every 1 to 15 minutes
   * @return this builder
   */
  public B every(Duration every) {
    this.every = requireNonNull(every, "every");
    return self();
  }

  /**
   * Sets the policy of the reaper, to warn of what it will end. Default: none, so nobody is warned;
   * {@code SparkConnectPlatform} sets its reaper's. Of a dry run, which ends nothing, nobody is.
   *
   * @param idlePolicy the same as the reaper's
   * @return this builder
   */
  public B idlePolicy(IdlePolicy idlePolicy) {
    this.idlePolicy = requireNonNull(idlePolicy, "idlePolicy");
    return self();
  }

  /**
   * Sets how long before its end a session is warned of. Default: 10 minutes.
   *
   * @param warnBefore whole minutes, more than the interval between passes by one at least, 24
   *     hours at most
   * @return this builder
   */
  public B warnBefore(Duration warnBefore) {
    this.warnBefore = requireNonNull(warnBefore, "warnBefore");
    return self();
  }

  /**
   * Sets where records of usage go. Default: a new {@link UsageStore}.
   *
   * @param usage the store, of the same Region
   * @return this builder
   */
  public B usage(UsageStore usage) {
    this.usage = requireNonNull(usage, "usage");
    return self();
  }

  /**
   * Keeps no records of usage. Default: they are kept.
   *
   * @return this builder
   */
  public B withoutUsage() {
    hasUsage = false;
    return self();
  }

  /**
   * Sets where events go. Default: the default bus of the account, in the Region.
   *
   * @param eventBus of the same account and Region
   * @return this builder
   */
  public B eventBus(IEventBus eventBus) {
    this.eventBus = requireNonNull(eventBus, "eventBus");
    return self();
  }

  /**
   * Adds subnets whose free addresses are told. Default: none; {@code SparkConnectPlatform} adds
   * its workers'. Each worker takes one.
   *
   * @param subnets together 20 at most
   * @return this builder
   */
  public B subnets(List<? extends ISubnet> subnets) {
    this.subnets.addAll(subnets);
    return self();
  }

  /**
   * Sets by what dollars are estimated. Default: {@link Prices#listed} for the Region.
   *
   * @param prices of a vCPU-hour and so on
   * @return this builder
   */
  public B prices(Prices prices) {
    this.prices = requireNonNull(prices, "prices");
    return self();
  }

  /**
   * Sets what one owner may have. Default: {@link OwnerLimits#none()}.
   *
   * @param ownerLimits the limits
   * @return this builder
   */
  public B ownerLimits(OwnerLimits ownerLimits) {
    this.ownerLimits = requireNonNull(ownerLimits, "ownerLimits");
    return self();
  }

  /**
   * Sets how many owners have metrics of their own: those with the most live sessions, then those
   * with the most dollars. The rest is together {@code others}. Default: 10.
   *
   * @param mostOwners 0 to 50, for two metrics each
   * @return this builder
   */
  public B mostOwners(int mostOwners) {
    this.mostOwners = mostOwners;
    return self();
  }

  /**
   * Sets how fast the service is called; several functions divide it. Default: a quarter of the
   * rates that the account is assumed to have, so that with a reaper's half another quarter is left
   * for people.
   *
   * @param requestRates the rates and the share of them
   * @return this builder
   */
  public B requestRates(RequestRates requestRates) {
    this.requestRates = requireNonNull(requestRates, "requestRates");
    return self();
  }

  /**
   * Sets how long the log is kept. Default: three months.
   *
   * @param logRetention the retention of the log group
   * @return this builder
   */
  public B logRetention(RetentionDays logRetention) {
    this.logRetention = requireNonNull(logRetention, "logRetention");
    return self();
  }

  /**
   * Sets where in Parameter Store {@code sparkgate bill} and {@code sparkgate why} look: the prefix
   * of people's connection parameters. Default: nowhere; {@code SparkConnectPlatform} sets it.
   *
   * @param parameterPrefix such as {@code /sparkgate/dev}
   * @return this builder
   */
  public B parameterPrefix(String parameterPrefix) {
    this.parameterPrefix = requireNonNull(parameterPrefix, "parameterPrefix");
    return self();
  }
}
