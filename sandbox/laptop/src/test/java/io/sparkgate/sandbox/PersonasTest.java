package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.Persona.OwnerTag;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import io.sparkgate.sandbox.template.JavaFunction;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonasTest {

  static final String START = "{'Effect':'Allow','Action':'emr-serverless:StartSession'%s}";

  private final List<String> remarks = new ArrayList<>();

  @Test
  void areFoundByWhatTheirRolesAllow() {
    List<Persona> people =
        signIn(
            role("Dev", START.formatted("")),
            role("Oncall", allow("ListSessions", "TerminateSession")),
            role("Audit", allow("ListSessions", "GetSession")));

    assertThat(people)
        .extracting(Persona::name)
        .containsExactly("developer-a", "developer-b", "alice", "bob", "operator", "auditor");
    assertThat(people)
        .extracting(person -> person.credentials().identity().arn())
        .satisfies(
            arns -> assertThat(arns.get(0)).endsWith("assumed-role/Dev/developer-a"),
            arns -> assertThat(arns.get(2)).isEqualTo("arn:aws:iam::111122223333:user/alice"),
            arns -> assertThat(arns.get(4)).endsWith("assumed-role/Oncall/operator"),
            arns -> assertThat(arns.get(5)).endsWith("assumed-role/Audit/auditor"));
    assertThat(remarks).isEmpty();
  }

  @Test
  void areSubmittersOfJobRunsOfTheirOwn() throws Exception {
    Blueprint blueprint =
        blueprint(
            role(
                "Submit",
                START.replace("StartSession", "StartJobRun").formatted(owner("${aws:userid}"))));
    Path directory = Files.createTempDirectory("submitters");

    List<Persona> people =
        new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remarks::add);

    assertThat(people).extracting(Persona::name).containsExactly("submitter-a", "submitter-b");
    assertThat(people.get(1).owner())
        .isEqualTo(new OwnerTag("team:owner", "AROASubmit:submitter-b"));
    assertThat(environment(blueprint, directory).write(people.get(0), directory))
        .content()
        .contains(
            "export SPARKGATE_OWNER='AROASubmit:submitter-a'\n",
            "export SPARKGATE_WORD_COUNT_ENTRY_POINT='s3://assets/x.py'\n");
  }

  @Test
  void ownSessionsByTheTagAndTheVariableThatThePolicyNames() {
    Persona byUserId = signIn(role("Dev", START.formatted(owner("${aws:userid}")))).get(1);
    Persona bySource = signIn(role("Dev", START.formatted(owner("${aws:SourceIdentity}")))).get(1);
    Persona byTag = signIn(role("Dev", START.formatted(owner("${aws:PrincipalTag/mail}")))).get(1);

    assertThat(byUserId.owner()).isEqualTo(new OwnerTag("team:owner", "AROADev:developer-b"));
    assertThat(bySource.owner()).isEqualTo(new OwnerTag("team:owner", "developer-b"));
    assertThat(bySource.credentials().identity().sourceIdentity()).isEqualTo("developer-b");
    assertThat(byTag.owner()).isEqualTo(new OwnerTag("team:owner", "developer-b"));
    assertThat(byTag.credentials().identity().principalTags()).containsEntry("mail", "developer-b");
  }

  @Test
  void areMissedWhereTheTemplateHasNoRoleForThem() {
    assertThat(signIn()).isEmpty();
    assertThat(remarks)
        .containsExactly(
            "no role may start a session, so there is no developer",
            "no role may only terminate sessions, so there is no operator",
            "no role may only see sessions, so there is no auditor");
  }

  @Test
  void areTheFunctionsTooAndNobodyElseIsThem() {
    Blueprint functions =
        blueprint(
            List.of(function("reaper", "Sweeps"), function("session-guard", "Looks")),
            role("Sweeps", allow("ListSessions", "TerminateSession")),
            role("Looks", allow("ListSessions")));

    List<Persona> all = new Personas(functions, new TemplateAccess(functions)).signIn(remarks::add);

    assertThat(all)
        .extracting(person -> person.credentials().identity().arn())
        .satisfiesExactly(
            arn -> assertThat(arn).endsWith("assumed-role/Sweeps/reaper"),
            arn -> assertThat(arn).endsWith("assumed-role/Looks/session-guard"));
    assertThat(all).extracting(Persona::name).containsExactly("reaper", "session-guard");
  }

  @Test
  void haveAFileThatAShellCanSourceAndOthersCannotRead(@TempDir Path directory) throws Exception {
    Blueprint blueprint = blueprint(role("Dev", START.formatted(owner("${aws:userid}"))));
    Persona alice =
        new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remarks::add).get(0);

    Path file = environment(blueprint, directory).write(alice, directory);

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(sourced(file, "SPARKGATE_OWNER")).isEqualTo("AROADev:developer-a");
    assertThat(sourced(file, "SPARKGATE_OWNER_TAG")).isEqualTo("team:owner");
    assertThat(sourced(file, "AWS_ENDPOINT_URL_EMR_SERVERLESS")).isEqualTo("http://127.0.0.1:1");
    assertThat(sourced(file, "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"))
        .isEqualTo(directory.resolve("it's.pem").toString());
    assertThat(sourced(file, "grpc_proxy")).isEqualTo("http://127.0.0.1:2");
    assertThat(sourced(file, "AWS_ACCESS_KEY_ID")).isEqualTo(alice.credentials().accessKeyId());
  }

  @Test
  void areUsersOnlyWhereTheRoleTrustsThem() {
    List<Persona> people =
        signIn(role("Dev", START.formatted(""), "arn:aws:iam::444455556666:root"));

    assertThat(people).extracting(Persona::name).containsExactly("developer-a", "developer-b");
    assertThat(remarks)
        .contains(
            "the developers' role Dev trusts no IAM user under its own name, so there is no alice and no bob");
  }

  @Test
  void knowWhatTheContractSaysOfTheEnvironment(@TempDir Path directory) throws Exception {
    Blueprint blueprint = withContract(role("Dev", START.formatted(owner("${aws:userid}"))));
    List<Persona> people =
        new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remarks::add);

    Path file = environment(blueprint, directory).write(people.get(0), directory);

    assertThat(sourced(file, "AWS_ENDPOINT_URL_SSM")).isEqualTo("http://127.0.0.1:1");
    assertThat(sourced(file, "AWS_ENDPOINT_URL_S3")).isEqualTo("http://127.0.0.1:9");
    assertThat(sourced(file, "SPARKGATE_ENVIRONMENT")).isEqualTo("blue");
    assertThat(sourced(file, "SPARKGATE_RELEASE_LABEL")).isEqualTo("emr-7.13.0");
    assertThat(sourced(file, "SPARKGATE_SPARK_VERSION")).isEqualTo("3.5.6");
    assertThat(sourced(file, "SPARKGATE_PYTHON_VERSION")).isEqualTo("3.11");
  }

  @Test
  void areTheirOwnBeforeTheyAssumeTheRole(@TempDir Path directory) throws Exception {
    Blueprint blueprint = withContract(role("Dev", START.formatted(owner("${aws:userid}"))));
    List<Persona> people =
        new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remarks::add);
    EnvironmentFile files = environment(blueprint, directory);
    Path developer = files.write(people.get(0), directory);
    Path file = files.write(people.get(2), directory);

    String after = ". " + developer + "; ";
    assertThat(sourced(after, file, "AWS_ACCESS_KEY_ID")).isEmpty();
    assertThat(sourced(after, file, "SPARKGATE_APPLICATION_ID")).isEmpty();
    assertThat(sourced(after, file, "SPARKGATE_ENVIRONMENT")).isEqualTo("blue");
    assertThat(Path.of(sourced(file, "AWS_CONFIG_FILE")))
        .content()
        .contains("[profile spark]\nrole_arn = arn:aws:iam::111122223333:role/Dev\n")
        .contains("role_session_name = alice\nsource_profile = default\n");
    assertThat(sourced(". " + file + "; ", developer, "AWS_CONFIG_FILE")).isEmpty();
    Path credentials = Path.of(sourced(file, "AWS_SHARED_CREDENTIALS_FILE"));
    assertThat(credentials)
        .content()
        .contains(
            "[default]\naws_access_key_id = " + people.get(2).credentials().accessKeyId() + "\n");
    assertThat(Files.getPosixFilePermissions(credentials))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  static EnvironmentFile environment(Blueprint blueprint, Path directory) {
    return new EnvironmentFile(
        blueprint,
        URI.create("http://127.0.0.1:1"),
        Map.of("S3", URI.create("http://127.0.0.1:9")),
        2,
        directory.resolve("it's.pem"),
        Optional.empty(),
        Optional.empty(),
        Map.of("WordCountEntryPoint", "s3://assets/x.py"));
  }

  private List<Persona> signIn(Principal... roles) {
    Blueprint blueprint = blueprint(roles);
    return new Personas(blueprint, new TemplateAccess(blueprint)).signIn(remarks::add);
  }

  private static Blueprint blueprint(Principal... roles) {
    return blueprint(List.of(), roles);
  }

  static Blueprint withContract(Principal... roles) {
    String path = "/sparkgate/blue/";
    return blueprint(
        Map.of(
            path + "application-id", new Parameter("String", "00f1"),
            path + "spark-version", new Parameter("String", "3.5.6"),
            path + "python-version", new Parameter("String", "3.11")),
        List.of(),
        roles);
  }

  private static Blueprint blueprint(List<ScheduledFunction> functions, Principal... roles) {
    return blueprint(Map.of(), functions, roles);
  }

  private static Blueprint blueprint(
      Map<String, Parameter> parameters, List<ScheduledFunction> functions, Principal... roles) {
    return new Blueprint(
        "SparkConnect-dev",
        "111122223333",
        "eu-west-1",
        Optional.of(
            new Blueprint.Application(
                "00f1",
                "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00f1",
                json("{'releaseLabel':'emr-7.13.0'}"))),
        "arn:aws:iam::111122223333:role/Execution",
        Optional.empty(),
        Stream.of(roles).collect(Collectors.toMap(Principal::logicalId, role -> role)),
        Map.of(),
        functions,
        parameters);
  }

  private static ScheduledFunction function(String name, String role) {
    JavaFunction function =
        new JavaFunction(name, "Handler", Path.of("a.jar"), Map.of(), Duration.ZERO, 128);
    return new ScheduledFunction(name, function, Duration.ofMinutes(5), role);
  }

  static Principal role(String name, String statement) {
    return role(name, statement, "arn:aws:iam::111122223333:root");
  }

  private static Principal role(String name, String statement, String trusted) {
    return new Principal(
        name,
        "arn:aws:iam::111122223333:role/" + name,
        "AROA" + name,
        json(
            "{'Statement':{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'%s'}}}"
                .formatted(trusted)),
        Duration.ofHours(1),
        List.of(json(statement)));
  }

  private static String allow(String... actions) {
    return Stream.of(actions)
        .map(action -> "'emr-serverless:" + action + "'")
        .collect(Collectors.joining(",", "{'Effect':'Allow','Action':[", "]}"));
  }

  static String owner(String variable) {
    return ",'Condition':{'StringEquals':{'aws:RequestTag/team:owner':'" + variable + "'}}";
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sourced(Path file, String variable) throws Exception {
    return sourced("", file, variable);
  }

  private static String sourced(String before, Path file, String variable) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", before + ". \"$0\"; printf %s \"$" + variable + "\"", file.toString())
            .start();
    return new String(shell.getInputStream().readAllBytes());
  }
}
