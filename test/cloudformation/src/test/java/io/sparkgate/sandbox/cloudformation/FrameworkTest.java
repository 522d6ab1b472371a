package io.sparkgate.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sparkgate.sandbox.cloudformation.Framework.Answer;
import io.sparkgate.sandbox.cloudformation.Framework.User;
import io.sparkgate.sandbox.lambda.InvocationResult;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The provider framework's own rules, which its JavaScript has. */
class FrameworkTest {

  private static final ObjectNode CREATE =
      request("{'RequestType': 'Create', 'RequestId': 'r1', 'ResponseURL': 'https://a/b'}");
  private static final ObjectNode UPDATE =
      CREATE
          .deepCopy()
          .put("RequestType", "Update")
          .put("RequestId", "r2")
          .put("PhysicalResourceId", "old");

  private final Script onEvent = new Script();
  private final Script isComplete = new Script();

  /** Answers what it was told to, one after the other, and remembers the events. */
  private static final class Script implements User {
    final Deque<InvocationResult> answers = new ArrayDeque<>();
    final List<JsonNode> events = new ArrayList<>();

    Script says(String json) {
      answers.add(new Response(Lab.json(json)));
      return this;
    }

    @Override
    public String arn() {
      return "arn:aws:lambda:us-east-1:111122223333:function:hook";
    }

    @Override
    public InvocationResult invoke(JsonNode event) {
      events.add(event);
      return answers.remove();
    }
  }

  private static ObjectNode request(String json) {
    return (ObjectNode) Lab.json(json);
  }

  private Framework framework(Optional<User> complete, Duration timeout) {
    return new Framework(ProviderFramework.CODE, onEvent, complete, Duration.ZERO, timeout);
  }

  private Answer answer(ObjectNode request, Duration timeout) throws InterruptedException {
    return framework(Optional.of(isComplete), timeout).answer(request);
  }

  private Answer answer(ObjectNode request) throws InterruptedException {
    return answer(request, Duration.ofMinutes(1));
  }

  @Test
  void givesEachAttemptTheSameEventWithWhatOnEventAnswered() throws Exception {
    onEvent.says("{'PhysicalResourceId': 'a', 'StartedAt': 'now', 'Data': {'x': 1, 'y': 1}}");
    isComplete
        .says("{'IsComplete': false, 'StartedAt': 'later'}")
        .says("{'IsComplete': true, 'PhysicalResourceId': 'b', 'Data': {'y': 2}}");
    assertThat(answer(CREATE))
        .isEqualTo(new Answer(true, "SUCCESS", "b", Lab.json("{'x': 1, 'y': 2}")));
    assertThat(isComplete.events).hasSize(2).containsOnly(isComplete.events.get(0));
    assertThat(isComplete.events.get(0).path("StartedAt").asText()).isEqualTo("now");
    assertThat(isComplete.events.get(0).path("PhysicalResourceId").asText()).isEqualTo("a");
  }

  @Test
  void completesAtOnceWithoutAFunctionForIt() throws Exception {
    onEvent.says("{}");
    assertThat(framework(Optional.empty(), Duration.ZERO).answer(CREATE).physicalId())
        .isEqualTo("r1");
  }

  @Test
  void keepsThePhysicalIdWhereNoneIsAnswered() throws Exception {
    onEvent.answers.add(new Response(NullNode.getInstance()));
    isComplete.says("{'IsComplete': true}");
    assertThat(answer(UPDATE).physicalId()).isEqualTo("old");
  }

  @Test
  void marksWhatWasNeverMadeAndIgnoresItsDeletion() throws Exception {
    onEvent.answers.add(new Failure("java.lang.IllegalStateException", "no"));
    Answer failed = answer(CREATE);
    assertThat(failed.success()).isFalse();
    assertThat(failed.physicalId())
        .isEqualTo("AWSCDK::CustomResourceProviderFramework::CREATE_FAILED");
    assertThat(failed.reason()).startsWith("Error: no\n\nLogs: /aws/lambda/hook\n");
    ObjectNode delete = UPDATE.deepCopy().put("RequestType", "Delete");
    assertThat(answer(delete.put("PhysicalResourceId", failed.physicalId())).success()).isTrue();
    assertThat(onEvent.events).hasSize(1);
  }

  @Test
  void failsAtOnceWhenTheFunctionThrowsAndKeepsTheIdThatOnEventAnswered() throws Exception {
    onEvent.says("{'PhysicalResourceId': 'new'}");
    isComplete.answers.add(new Failure("x", ""));
    Answer failed = answer(UPDATE);
    assertThat(failed.success()).isFalse();
    assertThat(failed.reason()).startsWith("Error: error\n");
    assertThat(failed.physicalId()).isEqualTo("new");
  }

  @Test
  void refusesWhatTheJavaScriptRefuses() throws Exception {
    onEvent.says("{'PhysicalResourceId': 'other'}");
    assertThat(answer(UPDATE.deepCopy().put("RequestType", "Delete")).reason())
        .startsWith(
            "Error: DELETE: cannot change the physical resource ID from \"old\" to \"other\" during"
                + " deletion");
    onEvent.answers.add(new Response(TextNode.valueOf("done")));
    assertThat(answer(UPDATE).reason())
        .startsWith("Error: return values from user-handlers must be JSON objects. got: \"done\"");
    onEvent.says("{}");
    isComplete.says("{'IsComplete': false, 'Data': {'x': 1}}");
    assertThat(answer(UPDATE).reason())
        .startsWith("Error: \"Data\" is not allowed if \"IsComplete\" is \"False\"");
    onEvent.says("{}");
    isComplete.answers.add(new Response(NullNode.getInstance()));
    assertThat(answer(UPDATE).reason())
        .startsWith("TypeError: Cannot read properties of null (reading 'IsComplete')");
  }

  @Test
  void givesUpWhenTheStateMachineDoes() throws Exception {
    onEvent.says("{}");
    isComplete.says("{'IsComplete': false}");
    assertThat(answer(UPDATE, Duration.ZERO).reason()).isEqualTo("Operation timed out");
  }
}
