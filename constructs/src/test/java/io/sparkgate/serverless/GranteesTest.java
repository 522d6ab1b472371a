package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.CustomizeRolesOptions;
import software.amazon.awscdk.services.iam.FederatedPrincipal;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.LazyRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.OrganizationPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.SessionTagsPrincipal;
import software.amazon.awscdk.services.iam.StarPrincipal;
import software.amazon.awscdk.services.iam.User;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.s3.Bucket;

/** A grant reaches somebody, or synthesis says that it does not. */
class GranteesTest {

  private static final String ACCOUNT = "111122223333";
  private static final String DATA = "arn:aws:iam::111122223333:role/DataScience";

  private final App app = new App();
  private final Stack stack = stack("Stack", ACCOUNT);
  private final IRole execution =
      SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();
  private final EmrServerlessApplication application =
      EmrServerlessApplication.Builder.create(stack, "App").build();

  static Stream<Arguments> nobodies() {
    return Stream.of(
        Arguments.of(new ArnPrincipal(DATA), "ArnPrincipal " + DATA),
        Arguments.of(new AccountPrincipal(ACCOUNT), "AccountPrincipal"),
        Arguments.of(new AccountRootPrincipal(), "AccountRootPrincipal"),
        Arguments.of(new ServicePrincipal("lambda.amazonaws.com"), "ServicePrincipal"),
        Arguments.of(new OrganizationPrincipal("o-1234567890"), "OrganizationPrincipal *"),
        Arguments.of(new StarPrincipal(), "StarPrincipal *"),
        Arguments.of(
            new FederatedPrincipal("sso.example.com", Map.of()),
            "FederatedPrincipal sso.example.com"),
        Arguments.of(new CompositePrincipal(new ArnPrincipal(DATA)), "CompositePrincipal " + DATA));
  }

  @ParameterizedTest
  @MethodSource("nobodies")
  void refusesWhomNoPolicyCanReach(IGrantable nobody, String shown) {
    String message =
        "Stack/App: grantee "
            + shown
            + " is no role, user or group that a policy can be attached to, and EMR Serverless has"
            + " no resource policies that could name it; grant to a Role, User or Group of this"
            + " account, or to Role.fromRoleArn, User.fromUserName or Group.fromGroupName, each in"
            + " a grant of its own";

    assertThatThrownBy(() -> application.grantDevelop(nobody, execution)).hasMessage(message);
    assertThatThrownBy(() -> application.grantOperate(nobody)).hasMessage(message);
    assertThatThrownBy(() -> application.grantView(nobody)).hasMessage(message);
  }

  @Test
  void refusesConditionsThatWouldBeLost() {
    Role role = role(stack, "People");

    assertThatThrownBy(
            () ->
                application.grantView(new PrincipalWithConditions(role, Map.of("Bool", Map.of()))))
        .hasMessage(
            "Stack/App: grantee is a PrincipalWithConditions, whose conditions and tags belong into"
                + " a trust policy and would be lost here; grant to the role itself");
    assertThatThrownBy(() -> application.grantView(new SessionTagsPrincipal(role)))
        .hasMessageContaining("grantee is a SessionTagsPrincipal");
  }

  @Test
  void refusesWhoIsOfAnotherAccount() {
    String message =
        " is of account 999999999999, but the application of 111122223333; EMR Serverless has no"
            + " resource policies, so nobody acts in another account; grant to a role of account"
            + " 111122223333 that they may assume, such as a DeveloperRole";
    String arn = "arn:aws:iam::999999999999:";

    assertThatThrownBy(
            () -> application.grantView(Role.fromRoleArn(stack, "R", arn + "role/DataScience")))
        .hasMessageContaining("Stack/App: grantee Stack/")
        .hasMessageEndingWith(message);
    assertThatThrownBy(
            () -> application.grantView(User.fromUserArn(stack, "U", arn + "user/alice")))
        .hasMessage("Stack/App: grantee Stack/U" + message);
    assertThatThrownBy(
            () -> application.grantView(Group.fromGroupArn(stack, "G", arn + "group/data")))
        .hasMessage("Stack/App: grantee Stack/G" + message);
    assertThatThrownBy(() -> application.grantView(role(stack("Other", "999999999999"), "People")))
        .hasMessage("Stack/App: grantee Other/People" + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Data_0123456789abcdef",
        "aws-service-role/ops.emr-serverless.amazonaws.com/AWSServiceRoleForAmazonEMRServerless",
        "AWSReservedSSO_Data_0123456789abcdef"
      })
  void refusesRolesThatIamLetsNobodyChange(String role) {
    IRole reserved = Role.fromRoleArn(stack, "Sso", "arn:aws:iam::111122223333:role/" + role);

    assertThatThrownBy(() -> application.grantDevelop(reserved, execution))
        .hasMessage(
            "Stack/App: grantee Stack/Sso is reserved for a service of AWS, and IAM lets nobody"
                + " change it; for IAM Identity Center attach the statements to the permission set"
                + " (docs/security.md has them), or grant to a DeveloperRole that its people may"
                + " assume");
  }

  @Test
  void warnsOfRolesThatItDoesNotChange() {
    application.grantView(
        Role.fromRoleArn(
            stack, "Imported", DATA, FromRoleArnOptions.builder().mutable(false).build()));
    application.grantView(role(stack, "Own").withoutPolicyUpdates());
    application.grantView(
        Function.fromFunctionArn(
            stack, "Function", "arn:aws:lambda:eu-west-1:111122223333:function:f"));

    assertThat(warnings().stream().filter(warning -> warning.contains("sparkgate")))
        .hasSize(3)
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .contains("is not changed from here", "gets no permission from this grant")
                    .endsWith("[ack: @sparkgate/constructs:grantNotAttached]"));
  }

  @Test
  void warnsOfRolesThatWereMadeBeforehand() {
    Stack customized = stack("Customized", ACCOUNT);
    Role.customizeRoles(
        customized,
        CustomizeRolesOptions.builder()
            .usePrecreatedRoles(Map.of("Customized/Made", "made"))
            .build());
    new Bucket(customized, "NotEmpty");
    application.grantView(role(customized, "Made"));

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("grantee Customized/Made is not changed");
  }

  @Test
  void saysNothingWhereTheGrantHolds() {
    ManagedPolicy policy =
        ManagedPolicy.Builder.create(stack, "Policy")
            .roles(List.of(role(stack, "OfPolicy")))
            .build();

    Stream.of(
            role(stack, "Own"),
            role(stack("Other", ACCOUNT), "OfOtherStack"),
            Role.fromRoleArn(stack, "Imported", DATA),
            Role.fromRoleName(stack, "Named", "DataScience"),
            LazyRole.Builder.create(stack, "Lazy").assumedBy(new AccountRootPrincipal()).build(),
            new User(stack, "User"),
            User.fromUserName(stack, "ImportedUser", "alice"),
            new Group(stack, "Group"),
            Group.fromGroupName(stack, "ImportedGroup", "data"),
            policy)
        .forEach(grantee -> application.grantView(grantee).assertSuccess());

    assertThat(warnings()).isEmpty();
  }

  @Test
  void asksOfAGrantThatTheServiceCanRunItsSessions() {
    application.grantDevelop(role(stack, "People"), role(stack, "NotTrusting"));

    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("execution role Stack/NotTrusting does not trust");
  }

  @Test
  void warnsOfAnExecutionRoleThatCannotBeLetWriteItsLogs() {
    EmrServerlessApplication logging =
        EmrServerlessApplication.Builder.create(stack, "Logging")
            .logs(Logs.managed().and(LogDestination.s3(new Bucket(stack, "Logs"))))
            .build();

    logging.grantRun(((Role) execution).withoutPolicyUpdates());

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("gets no permission from this grant", "grantNotAttached");
  }

  @Test
  void refusesAnExecutionRoleOfAnotherAccount() {
    IRole foreign = role(stack("Other", "999999999999"), "Execution");

    assertThatThrownBy(() -> application.grantDevelop(role(stack, "People"), foreign))
        .hasMessage(
            "Stack/App: execution role Other/Execution is of account 999999999999, but the"
                + " application of 111122223333, and IAM passes no role to a service of another"
                + " account; make it there with SessionExecutionRole and let it assume the other"
                + " role");
  }

  @Test
  void letsDevelopersOfAnImportedApplicationUseItsKey() {
    Key key = new Key(stack, "Key");
    EmrServerlessApplication.fromApplicationAttributes(
            stack,
            "Imported",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .encryptionKey(key)
                .build())
        .grantDevelop(role(stack, "People"), execution)
        .assertSuccess();

    assertThat(Template.fromStack(stack).findResources("AWS::IAM::Policy").toString())
        .contains("Action=[kms:Decrypt, kms:GenerateDataKey]")
        .contains("Resource=" + stack.resolve(key.getKeyArn()));
  }

  private List<String> warnings() {
    return Synth.warnings(stack);
  }

  private Stack stack(String id, String account) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region("eu-west-1").build())
            .build());
  }

  private static Role role(Stack stack, String id) {
    return Role.Builder.create(stack, id).assumedBy(new AccountRootPrincipal()).build();
  }
}
