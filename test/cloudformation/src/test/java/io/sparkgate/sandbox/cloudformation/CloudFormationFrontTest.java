package io.sparkgate.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudFormationFrontTest {

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new Lab(directory, false);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Reply describe(Credentials who, String stack, String logicalId) {
    return Lab.call(
        who,
        lab.stack.uri() + "/",
        "POST",
        "Action=DescribeStackResource&Version=2010-05-15&StackName=%s&LogicalResourceId=%s"
            .formatted(stack.replace(":", "%3A").replace("/", "%2F"), logicalId));
  }

  private static String element(Lab.Reply reply, String name) {
    String[] parts = reply.body().split("</?" + name + ">");
    assertThat(parts).as(reply.body()).hasSize(3);
    return parts[1];
  }

  @Test
  void tellsTheIdAndWhenItWasTouchedByNameAndById() {
    lab.deploy();
    Lab.Reply reply = describe(lab.admin, "Lab", "Application");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(element(reply, "PhysicalResourceId")).isEqualTo(lab.stack.physicalId("Application"));
    assertThat(element(reply, "ResourceStatus")).isEqualTo("CREATE_COMPLETE");
    String id = element(reply, "StackId");
    assertThat(element(describe(lab.admin, id, "Application"), "StackName")).isEqualTo("Lab");
    Instant created = Instant.parse(element(reply, "LastUpdatedTimestamp"));

    Outcome updated =
        lab.deploy(Lab.set("Application", "AutoStopConfiguration", "{'IdleTimeoutMinutes': 30}"));
    Lab.Reply after = describe(lab.admin, id, "Application");
    assertThat(element(after, "ResourceStatus")).isEqualTo("UPDATE_COMPLETE");
    assertThat(Instant.parse(element(after, "LastUpdatedTimestamp")))
        .isAfter(created)
        .isEqualTo(updated.of("Application").get(1).time());
    assertThat(Instant.parse(element(describe(lab.admin, id, "Queue"), "LastUpdatedTimestamp")))
        .isBefore(updated.events().get(0).time());
  }

  @Test
  void tellsTheStatusOfTheStackAndWhenItsUpdateBegan() {
    lab.deploy();
    String query = "Action=DescribeStacks&Version=2010-05-15&StackName=Lab";
    Lab.Reply made = Lab.call(lab.admin, lab.stack.uri() + "/", "POST", query);
    assertThat(element(made, "StackStatus")).isEqualTo("CREATE_COMPLETE");
    assertThat(made.body()).doesNotContain("LastUpdatedTime");

    lab.stack.failNext("Queue");
    Outcome rolledBack = lab.deploy(Lab.set("Queue", "DelaySeconds", "3"));
    Lab.Reply after = Lab.call(lab.admin, lab.stack.uri() + "/", "POST", query);
    assertThat(element(after, "StackStatus")).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    assertThat(Instant.parse(element(after, "LastUpdatedTime")))
        .isEqualTo(rolledBack.events().get(0).time());
  }

  @Test
  void hasAwssWordsForWhatIsNotThere() {
    Lab.Reply never = describe(lab.admin, "Lab", "Application");
    assertThat(never.status()).isEqualTo(400);
    assertThat(element(never, "Code")).isEqualTo("ValidationError");
    assertThat(element(never, "Message")).isEqualTo("Stack 'Lab' does not exist");
    lab.deploy();
    Lab.Reply other = describe(lab.admin, "Lab", "Nothing");
    assertThat(element(other, "Code")).isEqualTo("ValidationError");
    assertThat(element(other, "Message"))
        .isEqualTo("Resource Nothing does not exist for stack Lab");
  }

  @Test
  void asksWhetherTheCallerMay() {
    lab.deploy();
    Credentials role = lab.stack.signIn("Role", "x");
    assertThat(describe(role, "Lab", "Application").status()).isEqualTo(200);
    lab.deploy(r -> r.remove("Policy"));
    Lab.Reply denied = describe(role, "Lab", "Application");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(element(denied, "Code")).isEqualTo("AccessDenied");
    assertThat(element(denied, "Message"))
        .contains("assumed-role/Lab-Role-")
        .contains(
            "is not authorized to perform: cloudformation:DescribeStackResource on resource:"
                + " arn:aws:cloudformation:us-east-1:111122223333:stack/Lab/");
    Credentials nobody =
        new Credentials("AKIANOBODY", "", new Identity("AKIANOBODY", "", "", "", Map.of()));
    assertThat(element(describe(nobody, "Lab", "Application"), "Code"))
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void knowsNoOtherOperation() {
    Lab.Reply reply =
        Lab.call(lab.admin, lab.stack.uri() + "/", "POST", "Action=DeleteStack&StackName=Lab");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(element(reply, "Code")).isEqualTo("InvalidAction");
    assertThat(element(reply, "Message"))
        .isEqualTo(
            "The sandbox has no operation 'DeleteStack' of CloudFormation, only"
                + " DescribeStackResource and DescribeStacks.");
  }
}
