package io.sparkgate.test.layout;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.delivery.CiAccess;
import io.sparkgate.delivery.GitHubRepository;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.LogBucket;
import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import io.sparkgate.watch.TakeoverAlarm;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Each thing that a consumer can hand to a platform, or put on it, and what it is for. */
enum Handed {
  NETWORK(
      "Network",
      order ->
          order.platform.network(SparkConnectNetwork.Builder.create(order.room, "Own").build())),
  PRIVATE_NETWORK(
      "Network",
      order ->
          order.platform.network(
              SparkConnectNetwork.Builder.create(order.room, "Private")
                  .privateMode(PrivateEndpoint.GLUE)
                  .build())),
  VPC(
      "Network",
      order -> {
        Vpc vpc = vpc(order.room, "Vpc");
        order.platform.network(
            SparkConnectNetwork.Builder.create(order.scope, "Given").vpc(vpc).build());
      }),
  SUBNETS_AND_GROUPS(
      "Network",
      order -> {
        Vpc vpc = vpc(order.room, "Shared");
        SecurityGroup group = SecurityGroup.Builder.create(order.room, "Group").vpc(vpc).build();
        order.platform.application(
            application ->
                application
                    .vpc(vpc, SubnetSelection.builder().subnets(vpc.getPrivateSubnets()).build())
                    .securityGroups(List.of(group)));
      }),
  EXECUTION_ROLE(
      "Roles",
      order -> {
        IRole role = SessionExecutionRole.Builder.create(order.room, "Sessions").build().getRole();
        order.platform.executionRole(role);
      }),
  PEOPLE(
      "Roles",
      order -> {
        DeveloperRole developers = DeveloperRole.Builder.create(order.room, "Developers").build();
        IRole operators = people(order.room, "Operators");
        IRole auditors = people(order.room, "Auditors");
        DeveloperRole submitters = DeveloperRole.Builder.create(order.room, "Submitters").build();
        order.then(
            platform -> {
              platform.grantDevelop(developers);
              platform.grantSubmit(submitters);
              platform.grantOperate(operators);
              platform.grantView(auditors);
              platform.getLifecycle().keepUntilStopped(developers, operators, auditors);
            });
        order.expect(
            developers.getRole(),
            "Allow emr-serverless:StartSession",
            "Allow emr-serverless:GetSessionEndpoint",
            "Deny emr-serverless:TagResource",
            "Allow iam:PassRole",
            "Allow ssm:GetParameters");
        order.expect(
            submitters.getRole(),
            "Allow emr-serverless:StartJobRun",
            "Deny emr-serverless:TagResource",
            "Allow iam:PassRole",
            "Allow ssm:GetParameters");
        order.expect(operators, "Allow emr-serverless:TerminateSession");
        order.expect(
            auditors, "Allow emr-serverless:GetSession", "Deny emr-serverless:GetSessionEndpoint");
      }),
  /** Of a stack that the platform's refers to already: what is granted then stands beside it. */
  PEOPLE_OF_A_STACK_BEFORE(
      "Roles",
      order -> {
        IRole made = people(order.room, "Before");
        order.platform.connectionParameters(connection -> connection.developerRole(made));
        order.then(
            platform -> {
              platform.grantDevelop(made);
              order.expectIn(
                  order.scope, "Allow emr-serverless:StartSession", "Allow iam:PassRole");
              order.expect(made, "Allow ssm:GetParameters");
            });
      }),
  /** A CI that tests as a developer. */
  CI(
      "Ci",
      order -> {
        CiAccess ci =
            CiAccess.Builder.create(order.room, "Ci", "prod")
                .gitHub(GitHubRepository.of("my-org", "sparkgate"))
                .gitHubProvider(
                    OidcProviderNative.Builder.create(order.room, "GitHub")
                        .url("https://token.actions.githubusercontent.com")
                        .clientIds(List.of("sts.amazonaws.com"))
                        .build())
                .build();
        order.then(
            platform -> {
              DeveloperRole tested = DeveloperRole.Builder.create(order.room, "Tested").build();
              ci.grantSmokeTest(tested.getRole(), platform.getConnectionParameters().orElseThrow());
              order.expect(ci.getGateRole(), "Allow sts:AssumeRole");
              order.expect(ci.getDeployRole(), "Allow sts:AssumeRole", "Allow ssm:GetParameters");
            });
      }),
  KEY(
      "Keys",
      order -> {
        Key key = Key.Builder.create(order.room, "Key").enableKeyRotation(true).build();
        order.log(logs -> logs.encryptionKey(key));
        order.then(
            platform ->
                order.expect(
                    platform.getExecutionRole(), "Allow kms:Decrypt", "Allow kms:GenerateDataKey"));
      }),
  BUCKET(
      "Logs",
      order -> {
        Key key = Key.Builder.create(order.room, "BucketKey").enableKeyRotation(true).build();
        LogBucket bucket =
            LogBucket.Builder.create(order.room, "Bucket").encryptionKey(key).build();
        order.log(logs -> logs.and(LogDestination.s3(bucket.getBucket())));
        order.then(
            platform ->
                order.expect(
                    platform.getExecutionRole(),
                    "Allow s3:PutObject",
                    "Allow kms:GenerateDataKey"));
      }),
  LOG_GROUP(
      "Logs",
      order -> {
        LogGroup group = LogGroup.Builder.create(order.room, "SessionLogs").build();
        order.log(logs -> logs.and(LogDestination.cloudWatch(group)));
        order.then(
            platform -> order.expect(platform.getExecutionRole(), "Allow logs:PutLogEvents"));
      }),
  TOPIC(
      "Alarms",
      order -> order.platform.alarmAction(new SnsAction(new Topic(order.room, "OnCall")))),
  TAG(
      "Names",
      order -> {
        Topic named = new Topic(order.room, "CostCenter");
        order.then(
            platform ->
                Tags.of(platform.getApplication()).add("cost-center", named.getTopicName()));
      }),
  WATCHERS(
      "Watch",
      order ->
          order.then(
              platform -> {
                var application = platform.getApplication();
                IdleSessionReaper reaper =
                    IdleSessionReaper.Builder.create(order.room, "Reaper")
                        .watch(application)
                        .build();
                SessionGuard.Builder.create(order.room, "Guard").watch(application).build();
                TakeoverAlarm.Builder.create(order.room, "Takeover").watch(application).build();
                GivenMonitoring.elsewhere(order, platform);
                order.expect(
                    reaper.getFunctions().get(0).getRole(),
                    "Allow emr-serverless:ListSessions",
                    "Allow emr-serverless:TerminateSession");
              })),
  MONITORING("Usage", GivenMonitoring::to),
  LOOKS("Looks", GivenLooks::to),
  IMPORTED(
      "None",
      order -> {
        Construct here = order.scope;
        IRole people = Role.fromRoleArn(here, "People", arn("iam", "", "role/team/People"));
        order
            .platform
            .network(
                SparkConnectNetwork.Builder.create(here, "Network")
                    .vpc(
                        Vpc.fromVpcAttributes(
                            here,
                            "Vpc",
                            VpcAttributes.builder()
                                .vpcId("vpc-0123456789abcdef0")
                                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                                .privateSubnetIds(List.of("subnet-0aaaaaaa", "subnet-0bbbbbbb"))
                                .build()))
                    .build())
            .executionRole(Role.fromRoleArn(here, "Runs", arn("iam", "", "role/Runs")))
            .alarmAction(
                new SnsAction(Topic.fromTopicArn(here, "Topic", arn("sns", "eu-west-1", "OnCall"))))
            .application(
                application ->
                    application.logs(
                        Logs.managed()
                            .encryptionKey(
                                Key.fromKeyArn(here, "Key", arn("kms", "eu-west-1", "key/1")))
                            .and(LogDestination.s3(Bucket.fromBucketName(here, "Bucket", "logs")))
                            .and(
                                LogDestination.cloudWatch(
                                    LogGroup.fromLogGroupName(
                                        here, "LogGroup", "/emr/sessions")))));
        order.then(
            platform -> {
              platform.grantDevelop(people);
              order.expectIn(
                  here,
                  "Allow emr-serverless:StartSession",
                  "Allow iam:PassRole",
                  "Allow kms:GenerateDataKey",
                  "Allow s3:PutObject",
                  "Allow logs:PutLogEvents");
            });
      }),
  DATA("Data", GivenData::to),
  /** What starts runs by itself comes after the platform, as what watches does. */
  JOBS("Jobs", order -> order.then(platform -> StartedJobs.in(order, platform)));

  private final String kind;
  private final Consumer<Order> give;

  Handed(String kind, Consumer<Order> give) {
    this.kind = kind;
    this.give = give;
  }

  /** What it is, for layouts that keep each kind in a stack of its own. */
  String kind() {
    return kind;
  }

  /** In front of the names of its stacks. */
  String id() {
    return "With" + name().replace("_", "");
  }

  void giveTo(Order order) {
    give.accept(order);
  }

  private static Vpc vpc(Construct room, String id) {
    Vpc vpc = Vpc.Builder.create(room, id).maxAzs(2).natGateways(1).build();
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    return vpc;
  }

  private static IRole people(Construct room, String id) {
    return Role.Builder.create(room, id).assumedBy(new AccountRootPrincipal()).build();
  }

  private static String arn(String service, String region, String resource) {
    return "arn:aws:%s:%s:111122223333:%s".formatted(service, region, resource);
  }
}
