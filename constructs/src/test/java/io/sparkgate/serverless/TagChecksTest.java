package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.emrserverless.CfnApplication;

class TagChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @CsvSource({
    "AWS:team, x, key 'AWS:team' is not the key of a tag",
    "team, aws:x, value 'aws:x' of 'team' is not the value of a tag",
    "tëam, x, key 'tëam' is not the key of a tag",
    "te?am, x, key 'te?am' is not the key of a tag",
    "team, a*b, value 'a*b' of 'team' is not the value of a tag"
  })
  void rejectsTagsThatAspectsAdd(String key, String value, String message) {
    application().build();
    Tags.of(stack).add(key, value);
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("Default/App")
        .hasMessageContaining("tags: " + message)
        .hasMessageContaining("not starting with aws:");
  }

  @ParameterizedTest
  @CsvSource({"129, 1", "1, 257"})
  void rejectsTagsThatAreTooLong(int keyLength, int valueLength) {
    Tags.of(application().build()).add("k".repeat(keyLength), "v".repeat(valueLength));
    assertThatThrownBy(() -> Template.fromStack(stack)).hasMessageContaining("tags: ");
  }

  @Test
  void acceptsTheLongestTagsAndEmptyValues() {
    EmrServerlessApplication application = application().build();
    Tags.of(application).add("k".repeat(128), "v".repeat(256));
    Tags.of(application).add("cost centre/a_1:=+-@.", "");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void rejectsMoreThanFiftyTags() {
    EmrServerlessApplication application = application().build();
    IntStream.rangeClosed(1, 51).forEach(n -> Tags.of(application).add("key" + n, "value"));
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("tags: there are 51; use at most 50");
  }

  @Test
  void measuresATagThatHoldsTheNameOfTheStack() {
    Stack named = new Stack(new App(), "N".repeat(105));
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(named, "App").build();
    String logicalId = Stack.of(application).getLogicalId(cfn(application));
    Tags.of(application).add("owner", Aws.STACK_NAME + "/" + logicalId + "v".repeat(150));
    assertThatThrownBy(() -> Template.fromStack(named))
        .hasMessageContaining("tags: value of 'owner' has ")
        .hasMessageContaining(
            " characters once the stack's name is filled in; use up to 256, by a shorter name of"
                + " the stack, a shorter construct id, or a shorter value");
  }

  @Test
  void passesOverWhatNobodyKnowsOfATag() {
    EmrServerlessApplication application = application().build();
    Tags.of(application).add("owner", Aws.ACCOUNT_ID + "/" + Aws.STACK_NAME + "v".repeat(200));
    assertThatCode(() -> Template.fromStack(stack)).doesNotThrowAnyException();
  }

  @Test
  void findsAWrongCharacterBesideAToken() {
    Tags.of(application().build()).add("owner", Aws.REGION + "?");
    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining("of 'owner' is not the value of a tag");
  }

  private static CfnApplication cfn(EmrServerlessApplication application) {
    return (CfnApplication) application.getNode().getDefaultChild();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
