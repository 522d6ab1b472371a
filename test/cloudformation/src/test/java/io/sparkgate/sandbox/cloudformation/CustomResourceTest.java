package io.sparkgate.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks whose custom resources a real function answers for. */
class CustomResourceTest {

  private static final Consumer<ObjectNode> RENAMED = Lab.set("Application", "Name", "'other'");

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new Lab(directory, true);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static Consumer<ObjectNode> does(String logicalId, String what) {
    return Lab.set(logicalId, "Do", "'" + what + "'");
  }

  private static Consumer<ObjectNode> does(String logicalId, String what, String when) {
    return does(logicalId, what).andThen(Lab.set(logicalId, "When", "'" + when + "'"));
  }

  private static String reason(Outcome outcome, String logicalId, Status status) {
    return outcome.of(logicalId).stream()
        .filter(event -> event.status() == status)
        .map(Event::reason)
        .findFirst()
        .orElseThrow(() -> new AssertionError(outcome));
  }

  @Test
  void livesAsLongAsItsStack() {
    Outcome created = lab.deploy();
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    assertThat(created.that(Status.CREATE_COMPLETE))
        .containsSubsequence("Policy", "Function", "Provider", "Before", "Application", "After");
    String id = lab.stack.physicalId("Application");
    assertThat(lab.stack.physicalId("Before")).isEqualTo("before");
    assertThat(lab.stack.physicalId("After")).isEqualTo(id);

    Outcome deleted = lab.stack.delete();
    assertThat(deleted.that(Status.DELETE_COMPLETE))
        .containsSubsequence("After", "Application", "Before", "Provider", "Function", "Policy");
    JsonNode delete = lab.requests("After", "Delete").get(0);
    assertThat(delete.path("PhysicalResourceId").asText()).isEqualTo(id);
    assertThat(delete.at("/ResourceProperties/ApplicationId").asText()).isEqualTo(id);

    JsonNode request = lab.requests("Before", "Create").get(0);
    assertThat(request.path("ResourceProperties"))
        .isEqualTo(
            Lab.json(
                "{'ServiceToken': '%s', 'Id': 'before', 'Number': '5', 'Flag': 'true'}"
                    .formatted(request.path("ServiceToken").asText())));
    assertThat(request.path("StackId").asText())
        .startsWith("arn:aws:cloudformation:us-east-1:111122223333:stack/Lab/");
    assertThat(request.path("ResourceType").asText()).isEqualTo("Custom::Before");
    assertThat(request.has("PhysicalResourceId")).isFalse();
  }

  @Test
  void hearsOfBothPropertiesInAnUpdateAndInItsRollback() {
    lab.deploy();
    lab.stack.failNext("Application");
    Outcome failed =
        lab.deploy(
            Lab.set("Before", "Number", "6")
                .andThen(Lab.set("Before", "Id", "'second'"))
                .andThen(RENAMED));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
    // Each request is printed twice: by onEvent and by isComplete.
    JsonNode update = lab.requests("Before", "Update").get(0);
    assertThat(update.path("PhysicalResourceId").asText()).isEqualTo("before");
    assertThat(update.at("/ResourceProperties/Number").asText()).isEqualTo("6");
    assertThat(update.at("/OldResourceProperties/Number").asText()).isEqualTo("5");
    JsonNode back = lab.requests("Before", "Update").get(2);
    assertThat(back.path("PhysicalResourceId").asText()).isEqualTo("second");
    assertThat(back.at("/ResourceProperties/Number").asText()).isEqualTo("5");
    assertThat(back.at("/OldResourceProperties/Number").asText()).isEqualTo("6");
    assertThat(lab.stack.physicalId("Before")).isEqualTo("before");
    assertThat(lab.requests("Before", "Delete"))
        .extracting(one -> one.path("PhysicalResourceId").asText())
        .containsOnly("second");
  }

  @Test
  void anotherPhysicalIdIsAReplacementWithACleanup() {
    lab.deploy();
    String old = lab.stack.physicalId("Application");
    Outcome updated = lab.deploy(RENAMED);
    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.DELETE_COMPLETE))
        .containsExactly("Queue", "After", "Application");
    assertThat(lab.requests("After", "Delete").get(0).path("PhysicalResourceId").asText())
        .isEqualTo(old);
    assertThat(reason(updated, "After", Status.UPDATE_COMPLETE))
        .contains("create a new physical resource");
  }

  @Test
  void aRefusedCleanupIsReportedAndTheOldApplicationIsLeftBehind() {
    lab.deploy(does("After", "fail", "Delete"));
    lab.start();
    String old = lab.stack.physicalId("Application");
    Outcome updated = lab.deploy(RENAMED.andThen(does("After", "fail", "Delete")));
    assertThat(updated.status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(updated.that(Status.DELETE_FAILED)).containsExactly("After", "Application");
    assertThat(lab.application(old).path("state").asText()).isEqualTo("STARTED");
  }

  @Test
  void saysWhatTheFunctionThrew() {
    Outcome failed = lab.deploy(does("Before", "fail", "Create"));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.ROLLBACK_COMPLETE);
    assertThat(reason(failed, "Before", Status.CREATE_FAILED))
        .startsWith(
            "Received response status [FAILED] from custom resource. Message returned: Error: The"
                + " hook was told to fail.\n\nLogs: /aws/lambda/Lab-Function-")
        .contains("(RequestId: ");
    // Its physical id came from onEvent, so it was made as far as CloudFormation knows.
    assertThat(lab.requests("Before", "Delete")).isNotEmpty();
  }

  @Test
  void asksUntilItIsComplete() {
    assertThat(lab.deploy(does("Before", "wait")).status()).isEqualTo(Status.CREATE_COMPLETE);
    // Once by onEvent, three times by isComplete.
    assertThat(lab.requests("Before", "Create")).hasSize(4);
  }

  @Test
  void doesNotWaitLongerThanTheServiceTimeout() throws IOException {
    lab.close();
    lab =
        new Lab(Files.createDirectory(directory.resolve("impatient")), true, Duration.ofSeconds(2));
    Outcome failed =
        lab.deploy(
            does("Before", "never", "Create").andThen(Lab.set("Before", "ServiceTimeout", "1")));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.ROLLBACK_COMPLETE);
    assertThat(reason(failed, "Before", Status.CREATE_FAILED))
        .startsWith("CloudFormation did not receive a response from your Custom Resource.");
  }

  @Test
  void deliversARequestTwice() {
    lab.stack.deliverTwice("Before");
    assertThat(lab.deploy().status()).isEqualTo(Status.CREATE_COMPLETE);
    assertThat(lab.requests("Before", "Create")).hasSize(4);
    assertThat(lab.requests("Before", "Create"))
        .extracting(request -> request.path("RequestId").asText())
        .containsOnly(lab.requests("Before", "Create").get(0).path("RequestId").asText());
  }

  @Test
  void aPermissionThatIsThereAllowsByTheApplicationsTag() {
    assertThat(lab.deploy(does("After", "get")).status()).isEqualTo(Status.CREATE_COMPLETE);
    lab.start();
    assertThat(lab.deploy(does("After", "jobs")).status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(lab.deploy(does("After", "stop")).status()).isEqualTo(Status.UPDATE_COMPLETE);
    assertThat(lab.application().path("state").asText()).isEqualTo("STOPPED");
    Outcome untagged =
        lab.deploy(does("After", "get").andThen(Lab.set("Application", "Tags", "[]")));
    assertThat(reason(untagged, "After", Status.UPDATE_FAILED))
        .contains("is not authorized to perform: emr-serverless:GetApplication");
  }

  @Test
  void aPermissionThatComesTooLateIsMissed() {
    Outcome failed = lab.deploy(does("After", "sessions", "Create"));
    assertThat(failed.status()).as(failed.toString()).isEqualTo(Status.ROLLBACK_COMPLETE);
    assertThat(reason(failed, "After", Status.CREATE_FAILED))
        .contains("is not authorized to perform: emr-serverless:ListSessions on resource");
    lab.stack.delete();
    Consumer<ObjectNode> waits = r -> r.withObject("/After").put("DependsOn", "Late");
    Outcome created = lab.deploy(does("After", "sessions").andThen(waits));
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
  }

  @Test
  void aFunctionFindsTheApplicationOfItsStack() {
    lab.deploy();
    Outcome updated = lab.deploy(does("Before", "describe"));
    assertThat(updated.status()).as(updated.toString()).isEqualTo(Status.UPDATE_COMPLETE);
    lab.stack.close();
    assertThat(lab.lines)
        .anyMatch(
            line ->
                line.contains(
                    "<PhysicalResourceId>%s</PhysicalResourceId>"
                        .formatted(lab.stack.physicalId("Application"))));
  }

  @Test
  void aFunctionThatWasUpdatedStartsAnew() {
    lab.deploy();
    lab.deploy(
        Lab.set("Function", "Environment", "{'Variables': {'GREETING': 'bye'}}")
            .andThen(Lab.set("Before", "Number", "7")));
    lab.stack.close();
    assertThat(lab.lines)
        .filteredOn(line -> line.startsWith("Starts with"))
        .containsExactly("Starts with hello", "Starts with bye");
  }

  @Test
  void aProviderThatIsNotTheFrameworkIsOnlyRemembered() {
    Outcome created =
        lab.deploy(r -> r.withObject("/Provider/Properties/Environment").remove("Variables"));
    assertThat(created.status()).as(created.toString()).isEqualTo(Status.CREATE_COMPLETE);
    lab.stack.close();
    assertThat(lab.lines).isEmpty();
    assertThat(lab.stack.physicalId("Before")).startsWith("Lab-Before-");
  }

  @Test
  void saysThatAFunctionCannotBeRun() {
    Outcome failed = lab.deploy(Lab.set("Function", "Runtime", "'python3.13'"));
    assertThat(reason(failed, "Before", Status.CREATE_FAILED))
        .contains("Function Function has the runtime 'python3.13'")
        .contains("the sandbox runs a Java runtime and a jar of the assembly only");
  }
}
