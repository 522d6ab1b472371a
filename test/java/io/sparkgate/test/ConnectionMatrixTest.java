package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.cloudformation.Outcome;
import io.sparkgate.sandbox.cloudformation.Status;
import io.sparkgate.test.DeployedStack.Person;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each persona reads the connection parameters, under the policies of the deployed template. What
 * is expected is the table under "On the connection parameters" in docs/security.md.
 */
class ConnectionMatrixTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;
  private static DeployedStack deployed;

  @BeforeAll
  static void deploy() throws IOException {
    Synthesized assembly = Synthesized.into(directory.resolve("cdk.out"));
    deployed = new DeployedStack(assembly, directory.resolve("work"));
    Outcome created = deployed.deploy(assembly);
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
  }

  @AfterAll
  static void close() {
    deployed.close();
  }

  @Test
  void parametersAreOpenToWhomThePageSays() throws Exception {
    Map<String, Person> people = new LinkedHashMap<>();
    people.put("developer", deployed.signIn("DeveloperRole", "alice"));
    people.put("submitter", deployed.signIn("SubmitterRole", "sue"));
    people.put("operator", deployed.signIn("Operator", "operator"));
    people.put("auditor", deployed.signIn("Auditor", "auditor"));
    people.put("bill reader", deployed.signIn("BillReader", "bill"));
    people.put("reaper", deployed.signIn("SparkConnectReaperRole", "reaper"));
    people.put("monitor", deployed.signIn("SparkConnectMonitorRole", "monitor"));
    people.put("lifecycle", deployed.signIn("SparkConnectLifecycleRole", "lifecycle"));
    people.put("guard", deployed.signIn("SparkConnectGuardRole", "guard"));
    List<String> ten = ten();
    Map<String, String> calls = new LinkedHashMap<>();
    calls.put("GetParameters: the ten", get(ten));
    calls.put("GetParameters: `usage-location`", get(List.of("/sparkgate/dev/usage-location")));
    calls.put("GetParameters: another below the prefix", get(List.of("/sparkgate/dev/password")));
    calls.put("GetParameters: of another environment", get(List.of("/sparkgate/prod/region")));

    List<String> lines = new ArrayList<>();
    lines.add("| call | " + String.join(" | ", people.keySet()) + " |");
    lines.add("|---".repeat(people.size() + 1) + "|");
    for (Map.Entry<String, String> call : calls.entrySet()) {
      List<String> cells = new ArrayList<>(List.of(call.getKey()));
      for (Person person : people.values()) {
        cells.add(isDenied(send(person, call.getValue())) ? "no" : "yes");
      }
      lines.add("| " + String.join(" | ", cells) + " |");
    }

    assertThat(String.join("\n", lines))
        .isEqualTo(PersonaTable.onThePage("On the connection parameters"));
  }

  /** Otherwise a call that is malformed would pass for one that everybody may make. */
  @Test
  void oneCallReadsAllThatAClientMustKnow() throws Exception {
    List<String> ten = ten();

    JsonNode answer = send(deployed.signIn("DeveloperRole", "alice"), get(ten));

    assertThat(answer.get("Parameters").findValuesAsText("Name"))
        .containsExactlyElementsOf(ten)
        .hasSize(10);
  }

  /** Two more stand beside them, which clients ask for one by one. */
  private static List<String> ten() {
    return deployed.parameters().keySet().stream()
        .filter(name -> !name.matches(".*/(usage-location|log-groups)"))
        .toList();
  }

  private static String get(List<String> names) {
    return JSON.createObjectNode().set("Names", JSON.valueToTree(names)).toString();
  }

  private static boolean isDenied(JsonNode answer) {
    return answer.path("__type").asText().equals("AccessDeniedException");
  }

  private static JsonNode send(Person caller, String body) throws Exception {
    return JSON.readTree(
        HTTP.send(
                HttpRequest.newBuilder(deployed.uri())
                    .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential="
                            + caller.accessKeyId
                            + "/20261126/eu-west-1/ssm/aws4_request")
                    .header("X-Amz-Target", "AmazonSSM.GetParameters")
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString())
            .body());
  }
}
