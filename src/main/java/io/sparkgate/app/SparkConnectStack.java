package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.access.SessionTags;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.delivery.CiAccess;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.Logs;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The governed Spark Connect service of one environment, and what its users must know of it. */
public final class SparkConnectStack extends EnvironmentStack {

  SparkConnectStack(Construct scope, String name, Settings settings, Delivery delivery) {
    super(
        scope,
        name,
        "Governed Spark Connect sessions on Amazon EMR Serverless (Sparkgate)",
        settings);

    CatalogSettings catalogs = CatalogSettings.of(this, settings);
    SparkConnectPlatform.Builder builder =
        SparkConnectPlatform.Builder.create(this, "SparkConnect")
            .network(NetworkSettings.network(this, settings, catalogs.endpoints()));
    catalogs.hand(builder);
    PlatformSettings.hand(settings, builder);
    Optional<IAlarmAction> toldTo =
        AlarmTopic.of(settings)
            .map(arn -> new SnsAction(Topic.fromTopicArn(this, "AlarmTopic", arn)));
    toldTo.ifPresent(builder::alarmAction);
    if (settings.flag("customerManagedKey")) {
      IKey key = Key.Builder.create(this, "LogKey").enableKeyRotation(true).build();
      builder.application(application -> application.logs(Logs.managed().encryptionKey(key)));
    }
    String prefix =
        settings
            .text("connectionPrefix", "/.+", "a path in Parameter Store such as \"/data/spark\"")
            .orElse("/sparkgate/" + name);
    boolean watchesTakeovers = settings.flag("takeoverAlarm");
    List<String> developers = PeopleSettings.roles(settings, "developers");
    List<String> operators = PeopleSettings.roles(settings, "operators");
    List<String> auditors = PeopleSettings.roles(settings, "auditors");
    List<String> testers = PeopleSettings.roles(settings, "smokeTestedBy");
    Optional<CiAccess> ci = EnvironmentAccess.ci(this, name, settings, delivery);
    Optional<JobsSettings> jobs = settings.section("jobs").map(JobsSettings::of);
    jobs.ifPresent(asked -> asked.hand(builder, settings.flag("dryRun")));
    Optional<MonitoringSettings> monitoring = MonitoringSettings.of(settings);
    monitoring.ifPresent(asked -> asked.hand(builder));
    settings.section("cluster"); // of a stack of its own
    settings.refuseOthers();

    DeveloperRole.Builder developing = DeveloperRole.Builder.create(this, "Developer");
    if (!developers.isEmpty()) {
      developing.assumedBy(People.roles(developers));
    }
    EnvironmentAccess.testers(testers, developers.isEmpty() ? Optional.empty() : ci)
        .ifPresent(developing::alsoAssumedBy);
    IRole developer = developing.build().getRole();
    SparkConnectPlatform platform =
        builder
            .connectionParameters(connection -> connection.prefix(prefix).developerRole(developer))
            .build();
    catalogs.grant(platform.getExecutionRole());
    ConnectionParameters parameters = platform.getConnectionParameters().orElseThrow();
    IRole operator = role("Operator", "Terminates sessions, connects to none", operators);
    IRole auditor = role("Auditor", "Sees sessions, connects to none", auditors);
    platform.grantDevelop(developer);
    platform.grantOperate(operator);
    platform.grantView(auditor);
    platform.getLifecycle().keepUntilStopped(developer, operator, auditor);
    if (monitoring.isPresent()) {
      platform.grantExplain(operator);
      platform.grantExplain(auditor);
    }

    EmrServerlessApplication application = platform.getApplication();
    if (watchesTakeovers) {
      TakeoverAlarm.Builder takeover =
          TakeoverAlarm.Builder.create(this, "TakeoverAlarm").watch(application);
      toldTo.ifPresent(takeover::alarmAction);
      platform.getMonitor().map(SessionMonitor::getEventBus).ifPresent(takeover::eventBus);
      TakeoverAlarm watching = takeover.build();
      platform.getMonitor().ifPresent(monitor -> monitor.explainFrom(watching));
      platform.getDashboard().ifPresent(shown -> shown.addTakeoverAlarm(watching));
      platform.getLogQueries().ifPresent(queries -> queries.addTakeoverAlarm(watching));
      platform.getLifecycle().keepUntilStopped(watching);
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
        .pipRequirements()
        .ifPresent(pyspark -> output("PySpark", pyspark, "What a client must install, for pip"));
    output("ConnectionPrefix", prefix, "Where a client finds all these");
    output(
        "ConnectPolicy",
        toJsonString(ConnectPolicy.of(parameters.getParameterArns(), developer)),
        "What people's own roles and permission sets must allow");
    jobs.ifPresent(asked -> asked.make(this, platform));
    monitoring.ifPresent(asked -> asked.make(this, platform));
    ci.ifPresent(
        access -> {
          access.grantSmokeTest(developer, parameters);
          output("GateRoleArn", access.getGateRole().getRoleArn(), "What a CI assumes to compare");
          output(
              "DeployRoleArn", access.getDeployRole().getRoleArn(), "What a CI assumes to deploy");
        });
  }
}
