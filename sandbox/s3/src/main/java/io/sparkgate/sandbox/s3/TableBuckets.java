package io.sparkgate.sandbox.s3;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Buckets that stand for table buckets of S3 Tables. On AWS their objects are reached by S3's
 * requests and judged by the actions of S3 Tables, on the table that they are of. Which table that
 * is, Iceberg's layout says here: {@code namespace.db/table/…}.
 *
 * @param arns of the table buckets by the names of the buckets
 */
record TableBuckets(Map<String, String> arns) {

  /** On AWS each table has its own, which nobody knows beforehand. */
  private static final String ID = "00000000-0000-0000-0000-000000000000";

  /**
   * The question that AWS would ask of IAM instead, with a whole ARN as its resource; empty if the
   * bucket is an ordinary one.
   */
  Optional<Question> instead(Question asked) {
    String[] path = asked.resource().split("/", 4);
    String arn = arns.get(path[0]);
    if (arn == null) {
      return Optional.empty();
    }
    if (path.length < 3) {
      // S3A lists where it looks for a directory; S3 Tables has none to list.
      return Optional.of(Question.of("s3tables:GetTableBucket", arn));
    }
    var context = new HashMap<String, String>();
    context.put("s3tables:namespace", path[1].replaceFirst("\\.db$", ""));
    context.put("s3tables:tableName", path[2]);
    return Optional.of(
        new Question(
            asked.action().startsWith("s3:Get") ? "s3tables:GetTableData" : "s3tables:PutTableData",
            arn + "/table/" + ID,
            context));
  }
}
