package io.sparkgate.test;

import static io.sparkgate.test.TemplatePeople.asked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.test.TemplatePeople.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Each persona asks for records of usage and for the logs that say why, under the policies of the
 * template. What is expected is the table under "On records of usage and logs" in docs/security.md.
 */
class UsageMatrixTest {

  private static final String RECORD = "usage/month=2026-11/day=26/session-00f1.json";
  private static final String OF_A_POOL = "usage/month=2026-11/day=26/pool-00f1-20261126T08.json";
  private static final String DATABASE = "sparkconnect_dev_sparkconnect_monitor_usage_c1302199";

  private final TemplatePeople template =
      new TemplatePeople(
          Path.of("resources/golden/SparkConnect-dev.json"), "us-east-1:111122223333");
  private final String bucket =
      "arn:aws:s3:::" + template.refTo("AWS::S3::Bucket", "SparkConnectMonitorUsage");
  private final String logs = template.refTo("AWS::Logs::LogGroup", "SparkConnectReaperLogs");

  @Test
  void recordsAndLogsAreOpenToWhomThePageSays() throws IOException {
    Map<String, Credentials> people = new LinkedHashMap<>();
    people.put("developer", template.signIn("DeveloperRole", "alice"));
    people.put("submitter", template.signIn("SubmitterRole", "sue"));
    people.put("operator", template.signIn("Operator", "oscar"));
    people.put("auditor", template.signIn("Auditor", "audrey"));
    people.put("bill reader", template.signIn("BillReader", "bill"));
    people.put("monitor", template.signIn("SparkConnectMonitorRole", "monitor"));
    people.put("reaper", template.signIn("SparkConnectReaperRole", "reaper"));

    assertThat(template.table(people, caller -> calls()))
        .isEqualTo(PersonaTable.onThePage("On records of usage and logs"));
  }

  private List<Call> calls() {
    return List.of(
        new Call("GetObject: a record", on("s3:GetObject", bucket + "/" + RECORD)),
        new Call(
            "GetObject: a record of the warm pool", on("s3:GetObject", bucket + "/" + OF_A_POOL)),
        new Call("GetObject: beside the records", on("s3:GetObject", bucket + "/other.json")),
        new Call("PutObject: a record", on("s3:PutObject", bucket + "/" + RECORD)),
        new Call("PutObject: beside the records", on("s3:PutObject", bucket + "/other.json")),
        new Call("DeleteObject: a record", on("s3:DeleteObject", bucket + "/" + RECORD)),
        new Call("ListBucket: the records", list("usage/month=2026-11/")),
        new Call("ListBucket: all", list("")),
        new Call("GetTable: that of the records", table(DATABASE)),
        new Call("GetTable: another", table("sales")),
        new Call("GetParameter: `usage-location`", parameter("usage-location")),
        new Call("GetParameter: `log-groups`", parameter("log-groups")),
        new Call("FilterLogEvents: the reaper's log", log(logs)),
        new Call("FilterLogEvents: another log", log("/aws/lambda/payroll")),
        new Call(
            "PutEvents: the default bus",
            on("events:PutEvents", template.arn("events", "event-bus/default"))),
        new Call(
            "PutEvents: another bus",
            on("events:PutEvents", template.arn("events", "event-bus/pay"))),
        new Call("DescribeSubnets", on("ec2:DescribeSubnets", "*")));
  }

  private Action list(String prefix) {
    return asked(
        "s3:ListBucket", bucket, prefix.isEmpty() ? Map.of() : Map.of("s3:prefix", prefix));
  }

  /** Glue asks for what the table is in too. */
  private Action[] table(String database) {
    return new Action[] {
      on("glue:GetTable", template.arn("glue", "catalog")),
      on("glue:GetTable", template.arn("glue", "database/" + database)),
      on("glue:GetTable", template.arn("glue", "table/" + database + "/usage"))
    };
  }

  private Action parameter(String name) {
    return on("ssm:GetParameter", template.arn("ssm", "parameter/sparkgate/dev/" + name));
  }

  private Action log(String name) {
    return on("logs:FilterLogEvents", template.arn("logs", "log-group:" + name + ":*"));
  }

  private Action on(String action, String resource) {
    return asked(action, resource, Map.of());
  }
}
