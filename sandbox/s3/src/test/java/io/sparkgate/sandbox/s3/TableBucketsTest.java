package io.sparkgate.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a role may of a bucket that stands for a table bucket. */
class TableBucketsTest {
  private static final String ARN = "arn:aws:s3tables:eu-west-1:111122223333:bucket/tables";

  /** As {@code catalog.grantRead(role, "sales", "orders*")} gives it. */
  private static final String READ_ORDERS =
      """
      [{"Effect": "Allow", "Action": "s3tables:GetTableBucket", "Resource": "%1$s"},
       {"Effect": "Allow", "Action": "s3tables:GetTableData", "Resource": "%1$s/table/*",
        "Condition": {"StringLike":
          {"s3tables:namespace": "sales", "s3tables:tableName": ["orders*"]}}}]"""
          .formatted(ARN);

  private final LiveAccess access = new LiveAccess();
  private final Judge judge =
      new Judge(access, "111122223333", new TableBuckets(Map.of("tables", ARN)), denial -> {});

  @Test
  void areJudgedByTheActionsOfS3Tables() throws JsonProcessingException {
    String key = signIn();
    assertThat(denial(key, "s3:GetObject", "tables/sales.db/orders/metadata/v1.json")).isEmpty();
    assertThat(denial(key, "s3:ListBucket", "tables")).isEmpty();
    assertThat(denial(key, "s3:PutObject", "tables/sales.db/orders/data/x.parquet").orElse(""))
        .contains("s3tables:PutTableData on resource: \"" + ARN + "/table/");
  }

  @Test
  void askForTheNamespaceAndTheTable() throws JsonProcessingException {
    String key = signIn();
    assertThat(denial(key, "s3:GetObject", "tables/sales.db/people/data/x")).isPresent();
    assertThat(denial(key, "s3:GetObject", "tables/staff.db/orders/data/x")).isPresent();
  }

  @Test
  void leaveOtherBucketsToS3() throws JsonProcessingException {
    assertThat(denial(signIn(), "s3:GetObject", "lake/sales.db/orders/x").orElse(""))
        .contains("s3:GetObject on resource: \"arn:aws:s3:::lake/sales.db/orders/x\"");
  }

  private String signIn() throws JsonProcessingException {
    var statements = new ObjectMapper().readTree(READ_ORDERS);
    Credentials key =
        access.issue(
            "arn:aws:iam::111122223333:role/Execution",
            "s1",
            () -> List.of(statements.get(0), statements.get(1)));
    judge.admit(key);
    return key.accessKeyId();
  }

  private Optional<String> denial(String key, String action, String resource) {
    return judge.denial(key, Question.of(action, resource));
  }
}
