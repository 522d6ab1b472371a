package io.sparkgate.app;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.connection.ClusterConnectionParameters;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The cluster of one environment, and what its users must know of it. */
public final class ClusterStack extends EnvironmentStack {

  ClusterStack(Construct scope, String name, Settings settings, Settings cluster) {
    super(
        scope,
        name + ClusterSettings.SUFFIX,
        "Spark Connect on a cluster of Amazon EMR on EC2 (Sparkgate)",
        settings);

    Optional<String> topic = AlarmTopic.of(settings);
    Optional<IAlarmAction> toldTo =
        topic.map(arn -> new SnsAction(Topic.fromTopicArn(this, "AlarmTopic", arn)));
    List<String> developers = PeopleSettings.roles(settings, "developers");
    List<String> operators = PeopleSettings.roles(settings, "operators");
    List<String> auditors = PeopleSettings.roles(settings, "auditors");
    List<String> testers = PeopleSettings.roles(settings, "smokeTestedBy");
    SparkConnectCluster.Builder builder = SparkConnectCluster.Builder.create(this, "Cluster");
    NetworkSettings.clusterNetwork(this, settings).ifPresent(builder::network);
    ClusterSettings.hand(cluster, builder);
    Optional<EndpointSettings> endpointSettings =
        cluster.section("endpoint").map(EndpointSettings::of);
    boolean only = ClusterSettings.isOnly(cluster);
    cluster.refuseOthers();
    if (only) {
      settings.refuseOthers();
      if (topic.isPresent() && endpointSettings.isEmpty()) {
        throw settings.wrong(
            "alarmTopic",
            topic.get(),
            "one only where something has an alarm: 'cluster.endpoint', or an application beside the cluster; leave it out");
      }
    }

    SparkConnectCluster made = builder.build();
    Optional<SparkConnectEndpoint> endpoint =
        endpointSettings.map(asked -> asked.make(this, made, toldTo));
    DeveloperRole.Builder developing = DeveloperRole.Builder.create(this, "Developer");
    if (!developers.isEmpty()) {
      developing.assumedBy(People.roles(developers));
    }
    EnvironmentAccess.testers(testers, Optional.empty()).ifPresent(developing::alsoAssumedBy);
    IRole developer = developing.build().getRole();
    if (endpoint.isEmpty()) {
      made.grantTunnel(developer);
    }
    endpoint
        .flatMap(SparkConnectEndpoint::getTokenSecret)
        .ifPresent(token -> token.grantRead(developer));
    IRole operator = role("Operator", "Ends the cluster, connects to none", operators);
    IRole auditor = role("Auditor", "Sees the cluster, connects to none", auditors);
    made.grantOperate(operator);
    made.grantView(auditor);

    String prefix = "/sparkgate/" + name + ClusterSettings.SUFFIX;
    ClusterConnectionParameters.Builder contract =
        ClusterConnectionParameters.Builder.create(this, "Connection")
            .cluster(made)
            .developerRole(developer)
            .prefix(prefix);
    endpoint.ifPresent(contract::endpoint);
    ClusterConnectionParameters parameters = contract.build();
    parameters.grantRead(developer);
    made.keepUntilDeleted(developer, operator, auditor, parameters);

    output("ClusterId", made.getClusterId(), "The cluster");
    output(
        "NodeRoleArn", made.getNodeRole().getRoleArn(), "What every query acts as; give it data");
    output("DeveloperRoleArn", developer.getRoleArn(), "What a data scientist assumes");
    output("OperatorRoleArn", operator.getRoleArn(), "What on-call assumes");
    output("AuditorRoleArn", auditor.getRoleArn(), "What an auditor assumes");
    output("Region", getRegion(), "The Region of the cluster");
    made.getReleaseLabel()
        .pipRequirements()
        .ifPresent(pyspark -> output("PySpark", pyspark, "What a client must install, for pip"));
    endpoint.ifPresent(
        front ->
            output("EndpointAddress", front.getDomainName() + ":443", "Where clients connect"));
    output("ConnectionPrefix", prefix, "Where a client finds all these");
    output(
        "ConnectPolicy",
        toJsonString(ConnectPolicy.of(parameters.getParameterArns(), developer)),
        "What people's own roles and permission sets must allow");
  }
}
