package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.access.SessionTags;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The governed Spark Connect service of one environment, and what its users must know of it. */
public final class SparkConnectStack extends Stack {

  SparkConnectStack(Construct scope, String name, Environment environment) {
    super(scope, "SparkConnect-" + name, props(environment));

    SparkConnectPlatform.Builder settings =
        SparkConnectPlatform.Builder.create(this, "SparkConnect").network(network(environment));
    environment.releaseLabel().ifPresent(label -> settings.application(a -> a.releaseLabel(label)));
    environment.capacity().ifPresent(limit -> settings.application(a -> a.capacityLimit(limit)));
    environment
        .accountVcpuQuota()
        .ifPresent(quota -> settings.application(a -> a.accountVcpuQuota(quota)));
    environment.warmPool().ifPresent(settings::warmPool);
    environment.idlePolicy().ifPresent(settings::idlePolicy);
    environment.onUpdate().ifPresent(policy -> settings.lifecycle(l -> l.onUpdate(policy)));
    environment.onDelete().ifPresent(policy -> settings.lifecycle(l -> l.onDelete(policy)));
    Optional<IAlarmAction> toldTo =
        environment
            .alarmTopic()
            .map(arn -> new SnsAction(Topic.fromTopicArn(this, "AlarmTopic", arn)));
    toldTo.ifPresent(settings::alarmAction);
    if (environment.customerManagedKey()) {
      IKey key = Key.Builder.create(this, "LogKey").enableKeyRotation(true).build();
      settings.application(application -> application.encryptionKey(key));
    }
    SparkConnectPlatform platform = settings.build();
    if (environment.vpc().isPresent() && environment.privateMode().isPresent()) {
      // docs/configuration.md asks for it; whoever writes cdk.json cannot acknowledge a warning.
      Annotations.of(platform.getApplication())
          .acknowledgeWarning("@sparkgate/constructs:isolatedWithoutS3");
    }

    DeveloperRole.Builder developers = DeveloperRole.Builder.create(this, "Developer");
    if (!environment.developers().isEmpty()) {
      developers.assumedBy(People.roles(environment.developers()));
    }
    IRole developer = developers.build().getRole();
    IRole operator =
        role("Operator", "Terminates sessions, connects to none", environment.operators());
    IRole auditor = role("Auditor", "Sees sessions, connects to none", environment.auditors());
    platform.grantDevelop(developer);
    platform.grantOperate(operator);
    platform.grantView(auditor);
    platform.getLifecycle().keepUntilStopped(developer, operator, auditor);

    EmrServerlessApplication application = platform.getApplication();
    if (environment.takeoverAlarm()) {
      TakeoverAlarm.Builder takeover =
          TakeoverAlarm.Builder.create(this, "TakeoverAlarm").watch(application);
      toldTo.ifPresent(takeover::alarmAction);
      platform.getLifecycle().keepUntilStopped(takeover.build());
    }
    output("ApplicationId", application.getApplicationId(), "Where sessions start");
    output("ApplicationArn", application.getApplicationArn(), "The same, for policies");
    output(
        "ExecutionRoleArn",
        platform.getExecutionRole().getRoleArn(),
        "What a session runs as; give it data");
    output("DeveloperRoleArn", developer.getRoleArn(), "What a data scientist assumes");
    output("OperatorRoleArn", operator.getRoleArn(), "What on-call assumes");
    output("AuditorRoleArn", auditor.getRoleArn(), "What an auditor assumes");
    output("OwnerTag", SessionTags.OWNER, "The tag that a session must carry");
    output("Region", getRegion(), "The Region of the application");
    application
        .getReleaseLabel()
        .sparkVersion()
        .ifPresent(
            version ->
                output("PySpark", clientFor(version), "What a client must install, for pip"));
  }

  /** Asks CloudFormation rather than AWS at synthesis, so that no account is needed for it. */
  @Override
  public List<String> getAvailabilityZones() {
    return IntStream.range(0, 2).mapToObj(i -> Fn.select(i, Fn.getAzs())).toList();
  }

  private SparkConnectNetwork network(Environment environment) {
    SparkConnectNetwork.Builder network = SparkConnectNetwork.Builder.create(this, "Network");
    environment.natGateways().ifPresent(network::natGateways);
    environment
        .vpc()
        .ifPresent(vpc -> network.vpc(given(vpc, environment.privateMode().isPresent())));
    environment
        .privateMode()
        .ifPresent(mode -> network.privateMode(mode.endpoints().toArray(PrivateEndpoint[]::new)));
    SparkConnectNetwork built = network.build();
    environment
        .privateMode()
        .ifPresent(mode -> mode.clients().forEach(range -> built.allowClients(Peer.ipv4(range))));
    return built;
  }

  /** PySpark of this version, and bounds of what it asks for without one and breaks with. */
  private static String clientFor(String version) {
    return "\"pyspark[connect]==%s\" \"pandas<3\" \"pyarrow<26\"".formatted(version);
  }

  /** Private mode means that nothing leads out, which nobody can see from here. */
  private IVpc given(Environment.GivenVpc given, boolean isolated) {
    VpcAttributes.Builder attributes =
        VpcAttributes.builder().vpcId(given.vpcId()).availabilityZones(given.availabilityZones());
    IVpc vpc =
        Vpc.fromVpcAttributes(
            this,
            "Vpc",
            isolated
                ? attributes.isolatedSubnetIds(given.privateSubnetIds()).build()
                : attributes.privateSubnetIds(given.privateSubnetIds()).build());
    Annotations.of(vpc)
        .acknowledgeWarning(
            "@aws-cdk/aws-ec2:noSubnetRouteTableId", "Nothing here adds a route to these subnets");
    return vpc;
  }

  private IRole role(String id, String description, List<String> who) {
    return Role.Builder.create(this, id).description(description).assumedBy(people(who)).build();
  }

  /** The named roles, or every principal of the account whose own policies allow it. */
  private static IPrincipal people(List<String> who) {
    return who.isEmpty() ? new AccountRootPrincipal() : People.roles(who).toPrincipal();
  }

  private void output(String id, String value, String description) {
    CfnOutput.Builder.create(this, id).value(value).description(description).build();
  }

  private static StackProps props(Environment environment) {
    software.amazon.awscdk.Environment.Builder env = software.amazon.awscdk.Environment.builder();
    environment.account().ifPresent(env::account);
    environment.region().ifPresent(env::region);
    return StackProps.builder()
        .env(env.build())
        .description("Governed Spark Connect sessions on Amazon EMR Serverless (Sparkgate)")
        .build();
  }
}
