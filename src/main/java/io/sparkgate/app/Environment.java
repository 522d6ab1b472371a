package io.sparkgate.app;

import io.sparkgate.access.People;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.ReleaseLabel;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.watch.IdlePolicy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;

/**
 * What cdk.json says about one environment. A setting that is left out has the default of the
 * construct that it goes to.
 */
record Environment(
    Optional<String> account,
    Optional<String> region,
    Optional<ReleaseLabel> releaseLabel,
    Optional<CapacityLimit> capacity,
    OptionalInt accountVcpuQuota,
    Optional<WarmPool> warmPool,
    Optional<IdlePolicy> idlePolicy,
    Optional<StopPolicy> onUpdate,
    Optional<StopPolicy> onDelete,
    OptionalInt natGateways,
    Optional<GivenVpc> vpc,
    Optional<PrivateMode> privateMode,
    boolean customerManagedKey,
    boolean takeoverAlarm,
    Optional<String> alarmTopic,
    List<String> developers,
    List<String> operators,
    List<String> auditors) {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String IPV4_RANGE = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?\\d)";

  /** What EC2 numbers has 17 digits, and 8 if it is from before 2018. */
  private static final String EC2_ID = "([0-9a-f]{8}|[0-9a-f]{17})";

  /** A VPC that exists already. */
  record GivenVpc(String vpcId, List<String> availabilityZones, List<String> privateSubnetIds) {}

  /** Endpoints beside those of sessions, and the address ranges of clients outside the VPC. */
  record PrivateMode(List<PrivateEndpoint> endpoints, List<String> clients) {}

  static Environment from(Settings settings) {
    settings.only(
        "account",
        "region",
        "releaseLabel",
        "capacity",
        "accountVcpuQuota",
        "warmPool",
        "idleMinutes",
        "maxAgeMinutes",
        "dryRun",
        "onUpdate",
        "onDelete",
        "natGateways",
        "vpc",
        "privateMode",
        "customerManagedKey",
        "takeoverAlarm",
        "alarmTopic",
        "developers",
        "operators",
        "auditors");
    return new Environment(
        settings.text("account", "\\d{12}", "twelve digits in quotes, such as \"111122223333\""),
        region(settings),
        settings
            .text("releaseLabel", "emr-.+", "an EMR release such as \"emr-7.13.0\"")
            .map(label -> settings.value(() -> ReleaseLabel.of(label))),
        settings.section("capacity").map(Environment::capacity),
        settings.whole("accountVcpuQuota"),
        settings.section("warmPool").map(Environment::warmPool),
        idlePolicy(settings),
        stopPolicy(settings, "onUpdate"),
        stopPolicy(settings, "onDelete"),
        settings.whole("natGateways"),
        settings.section("vpc").map(vpc -> vpc(vpc, region(settings))),
        settings.section("privateMode").map(Environment::privateMode),
        settings.flag("customerManagedKey"),
        settings.flag("takeoverAlarm"),
        alarmTopic(settings),
        roles(settings, "developers"),
        roles(settings, "operators"),
        roles(settings, "auditors"));
  }

  private static Optional<String> region(Settings settings) {
    return settings
        .text("region", "[a-z]{2,4}(-[a-z]+)+-\\d", "a Region such as \"eu-west-1\"")
        .map(region -> Regions.known(settings, region));
  }

  /** CloudWatch tells only topics of its own Region. */
  private static Optional<String> alarmTopic(Settings settings) {
    Optional<String> topic =
        settings.text(
            "alarmTopic",
            "arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:.+",
            "the ARN of a topic such as \"arn:aws:sns:eu-west-1:111122223333:OnCall\"");
    Optional<String> own =
        region(settings).map(region -> "arn:" + Regions.partition(region) + ":sns:" + region + ":");
    if (topic.isPresent() && own.isPresent() && !topic.get().startsWith(own.get())) {
      throw settings.wrong(
          "alarmTopic",
          topic.get(),
          "a topic of the alarms' own Region: its ARN begins with " + own.get());
    }
    return topic;
  }

  private static List<String> roles(Settings settings, String name) {
    List<String> roles =
        settings.texts(
            name,
            People.ROLE_ARN,
            "a list of roles such as [\"arn:aws:iam::111122223333:role/Data\"], with * or ? in the name"
                + " only, beside something else");
    if (roles.isEmpty() && settings.names().contains(name)) {
      throw settings.wrong(
          name,
          roles,
          "one role or more; leave it out to admit every principal of the account whose own policies"
              + " allow it");
    }
    return roles;
  }

  private static CapacityLimit capacity(Settings settings) {
    settings.only("vcpu", "memoryGb", "diskGb");
    int vcpu = settings.required("vcpu");
    int memoryGb = settings.required("memoryGb");
    int diskGb = settings.required("diskGb");
    return settings.value(() -> CapacityLimit.of(vcpu, memoryGb, diskGb));
  }

  private static WarmPool warmPool(Settings settings) {
    settings.only("drivers", "executors", "vcpu", "memoryGb");
    int vcpu = settings.required("vcpu");
    int memoryGb = settings.required("memoryGb");
    int drivers = settings.required("drivers");
    int executors = settings.required("executors");
    WorkerSize size = settings.value(() -> WorkerSize.of(vcpu, memoryGb));
    return settings.value(() -> WarmPool.of(drivers, size, executors, size));
  }

  private static Optional<IdlePolicy> idlePolicy(Settings settings) {
    OptionalInt idleMinutes = settings.whole("idleMinutes");
    OptionalInt maxAge = settings.whole("maxAgeMinutes");
    boolean dryRun = settings.flag("dryRun");
    if (idleMinutes.isEmpty() && maxAge.isEmpty() && !dryRun) {
      return Optional.empty();
    }
    IdlePolicy policy =
        idleMinutes.isPresent()
            ? IdlePolicy.terminateAfter(Duration.minutes(idleMinutes.getAsInt()))
            : IdlePolicy.standard();
    if (maxAge.isPresent()) {
      policy = policy.maxAge(Duration.minutes(maxAge.getAsInt()));
    }
    return Optional.of(dryRun ? policy.dryRun() : policy);
  }

  private static Optional<StopPolicy> stopPolicy(Settings settings, String name) {
    return settings
        .text(
            name,
            "refuse|terminate|drain ([1-9]|[123]\\d|40)",
            "\"refuse\", \"terminate\", or \"drain 30\" to wait for up to 30 minutes, 40 at most")
        .map(
            policy ->
                switch (policy) {
                  case "refuse" -> StopPolicy.refuse();
                  case "terminate" -> StopPolicy.terminate();
                  default ->
                      StopPolicy.drain(
                          Duration.minutes(Integer.parseInt(policy.substring("drain ".length()))));
                });
  }

  private static PrivateMode privateMode(Settings settings) {
    settings.only("endpoints", "clients");
    List<String> names = Stream.of(PrivateEndpoint.values()).map(Environment::written).toList();
    return new PrivateMode(
        settings
            .texts("endpoints", String.join("|", names), "a list of " + String.join(", ", names))
            .stream()
            .map(name -> PrivateEndpoint.values()[names.indexOf(name)])
            .toList(),
        settings.texts(
            "clients", IPV4_RANGE, "a list of IPv4 ranges such as [\"192.168.0.0/16\"]"));
  }

  private static String written(PrivateEndpoint endpoint) {
    return endpoint.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static GivenVpc vpc(Settings settings, Optional<String> region) {
    settings.only("vpcId", "availabilityZones", "privateSubnetIds");
    GivenVpc vpc =
        new GivenVpc(
            settings
                .text("vpcId", "vpc-" + EC2_ID, "the id of a VPC such as \"vpc-0123456789abcdef0\"")
                .orElseThrow(() -> settings.missing("vpcId")),
            settings.texts(
                "availabilityZones", "[a-z0-9-]+", "a list of zones such as [\"eu-west-1a\"]"),
            settings.texts(
                "privateSubnetIds",
                "subnet-" + EC2_ID,
                "a list of subnets such as [\"subnet-0123456789abcdef0\"]"));
    if (vpc.availabilityZones().isEmpty()) {
      throw settings.missing("availabilityZones");
    }
    // The id of a zone, such as euw1-az1, does not begin with its Region's name.
    if (region.isPresent()
        && vpc.availabilityZones().stream()
            .anyMatch(zone -> !zone.startsWith(region.get()) && !zone.contains("-az"))) {
      throw settings.wrong(
          "availabilityZones", vpc.availabilityZones(), "zones of the region " + region.get());
    }
    if (vpc.privateSubnetIds().stream().distinct().count() < vpc.privateSubnetIds().size()) {
      throw settings.wrong("privateSubnetIds", vpc.privateSubnetIds(), "each subnet once");
    }
    if (vpc.privateSubnetIds().size() != vpc.availabilityZones().size()) {
      throw settings.wrong(
          "privateSubnetIds",
          vpc.privateSubnetIds(),
          "a subnet for each of the availabilityZones " + vpc.availabilityZones());
    }
    return vpc;
  }
}
