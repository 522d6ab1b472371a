package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.jobs.ResultsBucket;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.User;
import software.constructs.Construct;

/** Roles and network in the stack that comes first, as in most companies. */
class UpstreamTest {

  private final App app = new App();

  @Test
  void grantsToPeopleOfTheStackThatHasTheExecutionRole() {
    Stack foundation = new Stack(app, "Foundation");
    Stack spark = new Stack(app, "Spark");
    Role execution =
        Role.Builder.create(foundation, "Execution")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();
    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(spark, "Platform")
            .executionRole(execution)
            .monitoring()
            .build();
    Role people = people(foundation, "People");

    platform.grantDevelop(people);
    platform.grantSubmit(people);
    platform.grantOperate(people);
    platform.grantView(people(foundation, "Auditors"));
    platform.grantReadUsage(people);
    platform.grantExplain(people);
    ResultsBucket.Builder.create(spark, "Results").build().grantWrite(execution);

    app.synth();
    for (String action :
        List.of("emr-serverless:StartSession", "emr-serverless:StartJobRun", "iam:PassRole")) {
      Synth.hasStatement(spark, Map.of("Action", action));
    }
    assertThat(rolesOfPolicies(spark)).contains("Foundation:ExportsOutputRefPeople");
  }

  @Test
  void grantsToUsersAndGroupsOfTheStackThatHasTheNetwork() {
    Stack foundation = new Stack(app, "Foundation");
    Stack spark = new Stack(app, "Spark");
    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(spark, "Platform")
            .network(SparkConnectNetwork.Builder.create(foundation, "Network").build())
            .build();

    platform.grantDevelop(new Group(foundation, "Scientists"));
    platform.grantOperate(new User(foundation, "Alice"));

    app.synth();
    assertThat(Template.fromStack(spark).findResources("AWS::IAM::ManagedPolicy").toString())
        .contains("Foundation:ExportsOutputRefScientists", "Foundation:ExportsOutputRefAlice");
  }

  @Test
  void grantsToPeopleOfTheStackThatHasTheNetworkOfACluster() {
    Stack foundation = new Stack(app, "Foundation");
    Stack spark = new Stack(app, "Spark");
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(spark, "Cluster")
            .network(
                SparkConnectNetwork.Builder.create(foundation, "Network").forClusters().build())
            .build();

    cluster.grantTunnel(people(foundation, "People"));

    app.synth();
    assertThat(rolesOfPolicies(spark)).contains("Foundation:ExportsOutputRefPeople");
  }

  @Test
  void grantsBetweenNestedStacksSideBySide() {
    Stack parent = new Stack(app, "Parent");
    Stack roles = new NestedStack(parent, "Roles");
    Stack spark = new NestedStack(parent, "Spark");
    SparkConnectPlatform platform =
        SparkConnectPlatform.Builder.create(spark, "Platform")
            .executionRole(
                Role.Builder.create(roles, "Execution")
                    .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
                    .build())
            .build();

    platform.grantDevelop(people(roles, "People"));

    app.synth();
    assertThat(rolesOfPolicies(spark)).contains("People");
    assertThat(Template.fromStack(roles).toJSON()).doesNotContainKey("Parameters");
  }

  @Test
  void leavesWhatIsGrantedBesideARoleOfAStackThatComesAfter() {
    Stack spark = new Stack(app, "Spark");
    Stack tools = new Stack(app, "Tools");
    SparkConnectPlatform platform = SparkConnectPlatform.Builder.create(spark, "Platform").build();

    platform.grantSubmit(people(tools, "People"));

    app.synth();
    Synth.hasStatement(tools, Map.of("Action", "iam:PassRole"));
  }

  @Test
  void grantsToANamedRoleOfAnotherRegion() {
    Stack global = in("Global", "us-east-1");
    Stack spark = in("Spark", "eu-west-1");
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(spark, "Application").build();

    application.grantView(
        Role.Builder.create(global, "People")
            .roleName("people")
            .assumedBy(new AccountRootPrincipal())
            .build());

    app.synth();
    Template.fromStack(spark)
        .hasResourceProperties("AWS::IAM::Policy", Map.of("Roles", List.of("people")));
  }

  @Test
  void saysThatARoleOfAnotherRegionNeedsAName() {
    Stack global = in("Global", "us-east-1");
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(in("Spark", "eu-west-1"), "Application").build();

    refuses(
        () -> application.grantView(people(global, "People")),
        """
        Spark/Application: grantee Global/People is made in a stack of 111122223333/us-east-1, but \
        Spark/Application's is of 111122223333/eu-west-1, where nothing can refer to it; give both \
        stacks the same env, or the grantee a name (roleName)""");
  }

  @Test
  void saysThatADeveloperRoleOfAnotherRegionNeedsAName() {
    Role developers = people(in("Global", "us-east-1"), "Developers");
    Stack spark = in("Spark", "eu-west-1");

    refuses(
        () ->
            SparkConnectPlatform.Builder.create(spark, "Platform")
                .connectionParameters(connection -> connection.developerRole(developers))
                .build(),
        """
        Spark/Platform/ConnectionParameters: developerRole Global/Developers is made in a stack of \
        111122223333/us-east-1, but the contract's is of 111122223333/eu-west-1, where nothing \
        can refer to it; give both stacks the same env, or the role a name (roleName)""");
  }

  @Test
  void saysThatANetworkWithoutEnvIsOutOfReach() {
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(new Stack(app, "Foundation"), "Network").build();
    Stack spark = in("Spark", "eu-west-1");

    refuses(
        () -> SparkConnectPlatform.Builder.create(spark, "Platform").network(network).build(),
        """
        Spark/Platform/Application: vpc Foundation/Network/Vpc is made in a stack without env, but \
        the application's is of 111122223333/eu-west-1, where nothing can refer to it; give both \
        stacks the same env, or import the VPC with Vpc.fromLookup or Vpc.fromVpcAttributes""");
  }

  private static void refuses(Supplier<Object> call, String message) {
    assertThatThrownBy(call::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String rolesOfPolicies(Stack stack) {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").values().stream()
        .map(policy -> ((Map<?, ?>) policy.get("Properties")).get("Roles").toString())
        .toList()
        .toString();
  }

  private static Role people(Construct scope, String id) {
    return Role.Builder.create(scope, id).assumedBy(new AccountRootPrincipal()).build();
  }

  private Stack in(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }
}
