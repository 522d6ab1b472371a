package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.APPLICATION;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event may be, and what is said of one that may not. */
class RequestTest {

  private static final String END = "; allowed: %s. Correct it in the template";

  @AutoClose private final Deploying deploying = new Deploying();

  /** A change to an update or deletion under DRAIN, and the one sentence that answers it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
      Update | ResourceType         | Custom::Other | is "Custom::Other" | Custom::SparkgateBeforeUpdate or Custom::SparkgateBeforeDelete
      Update | ResourceType         | -             | is missing | a text
      Update | RequestType          | Upsert        | is "Upsert" | Create, Update or Delete
      Delete | RequestType          | Upsert        | is "Upsert" | Create, Update or Delete
      Update | RequestId            | -             | is missing | a text
      Update | LogicalResourceId    | -             | is missing | a text
      Update | StackId              | -             | is missing | a text
      Update | PhysicalResourceId   | -             | is missing | a text
      Delete | PhysicalResourceId   | -             | is missing | a text
      Update | ResourceProperties   | -             | is missing | an object
      Update | OldResourceProperties | -            | is missing | an object
      Update | ResourceProperties   | text          | is "text"  | an object
      Update | StartedAt            | yesterday     | is "yesterday" | an instant like 2026-11-20T12:00:00Z
      Update | ResourceProperties.Policy | -        | is missing | a text
      Update | ResourceProperties.Policy | HOPE     | is "HOPE"  | REFUSE, DRAIN or TERMINATE
      Update | ResourceProperties.Policy | RETAIN   | is "RETAIN" | REFUSE, DRAIN or TERMINATE
      Delete | ResourceProperties.Policy | HOPE     | is "HOPE"  | REFUSE, DRAIN, TERMINATE or RETAIN
      Delete | ResourceProperties.ApplicationId | - | is missing | a text
      Update | ResourceProperties.ApplicationLogicalId | - | is missing | a text
      Update | ResourceProperties.Fingerprint | -   | is missing | a text
      Update | ResourceProperties.WhileStarted | -  | is missing | a text
      Update | ResourceProperties.References  | -   | is missing | a list
      Update | ResourceProperties.References  | x   | is "x"     | a list
      Update | ResourceProperties.MaxWaitMinutes | - | is missing | a text
      Update | ResourceProperties.MaxWaitMinutes | soon  | is "soon"  | a whole number from 1 to 10080
      Update | ResourceProperties.MaxWaitMinutes | 0     | is "0"     | a whole number from 1 to 10080
      Update | ResourceProperties.MaxWaitMinutes | 1.5   | is "1.5"   | a whole number from 1 to 10080
      Delete | ResourceProperties.MaxWaitMinutes | 10081 | is "10081" | a whole number from 1 to 10080
      Delete | ResourceProperties.MaxWaitMinutes | 999999999999 | is "999999999999" | a whole number from 1 to 10080
      """)
  void saysWhatIsWrongAndCallsNobody(
      String type, String path, String value, String received, String allowed) {
    Map<String, Object> event =
        type.equals("Update") ? Events.update(B, A, "DRAIN") : Events.delete(APPLICATION, "DRAIN");
    change(event, path, value);

    assertThatThrownBy(() -> deploying.invoke(event))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(path + " " + received + " in what CloudFormation sent" + END.formatted(allowed))
        .hasMessageNotContaining("hush");
    assertThat(deploying.calls()).isEmpty();
  }

  /** So that a stack with a wrong value is never made. */
  @Test
  void refusesWrongPropertiesAtTheCreation() {
    Map<String, Object> event = Events.createBeforeUpdate(A);
    change(event, "ResourceProperties.Policy", "HOPE");

    assertThatThrownBy(() -> deploying.invoke(event)).hasMessageContaining("Policy is \"HOPE\"");
  }

  @Test
  void saysThatAPropertyIsOfAnotherKind() {
    Map<String, Object> event = Events.update(B, A, "REFUSE");
    event.put("StackId", List.of(1));

    assertThatThrownBy(() -> deploying.invoke(event))
        .hasMessageStartingWith("StackId is of another kind in what CloudFormation sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "{\"ResponseURL\":\"hush\"", "hush"})
  void saysThatItIsNoRequest(String text) {
    assertThatThrownBy(() -> deploying.invoke(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(
            "The event is not a JSON object; allowed: a request of CloudFormation. Call this"
                + " function by the custom resource framework only");
  }

  /** A reference that points elsewhere is a change; some are lists. */
  @Test
  void takesAnotherReferenceForAChange() {
    Map<String, Object> event = Events.update(A, A, "REFUSE");
    change(event, "ResourceProperties.Policy", "TERMINATE");
    assertThat(deploying.deploy(event)).containsEntry("IsComplete", true);
    assertThat(deploying.application.state()).isEqualTo("STARTED");

    @SuppressWarnings("unchecked")
    Map<String, Object> properties = (Map<String, Object>) event.get("ResourceProperties");
    properties.put("References", List.of("subnet-1", List.of("sg-1", "sg-2")));
    deploying.deploy(event);
    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  @SuppressWarnings("unchecked")
  private static void change(Map<String, Object> event, String path, String value) {
    Map<String, Object> fields =
        path.startsWith("ResourceProperties.")
            ? (Map<String, Object>) event.get("ResourceProperties")
            : event;
    String name = path.substring(path.indexOf('.') + 1);
    if (value == null) {
      fields.remove(name);
    } else {
      fields.put(name, value);
    }
  }
}
