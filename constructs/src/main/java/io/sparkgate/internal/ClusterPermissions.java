package io.sparkgate.internal;

import io.sparkgate.border.TagKeys;
import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Stack;

/**
 * All that this library allows and denies on clusters of EMR on EC2: to three kinds of people, to
 * the nodes, to EMR itself, and to the function behind the custom resources.
 */
public final class ClusterPermissions {

  /** EMR puts it on the instances of a cluster; nobody else may. */
  private static final String CLUSTER_OF_INSTANCE =
      "ssm:resourceTag/aws:elasticmapreduce:job-flow-id";

  private static final List<String> USING_KEY =
      List.of("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey");

  private ClusterPermissions() {}

  /**
   * Opens tunnels to one cluster by one document, and ends or resumes only one's own.
   *
   * @param stack whose account and Region the cluster is of
   * @param clusterId of the instances
   * @param document the name of the session document
   */
  public static List<Statement> tunnel(
      Place place, Stack stack, String clusterId, String document) {
    return List.of(
        allow("ssm:StartSession")
            .when("StringEquals", CLUSTER_OF_INSTANCE, clusterId)
            // Without it a caller who names no document gets a shell, for which nobody checks one.
            .when("BoolIfExists", "ssm:SessionDocumentAccessCheck", "true")
            .on(instances(place, stack)),
        allow("ssm:StartSession").on(document(place, stack, document)),
        // Session Manager tags a session with who started it.
        allow("ssm:ResumeSession", "ssm:TerminateSession")
            .when("StringEquals", "ssm:resourceTag/aws:ssmmessages:session-id", "${aws:userid}")
            .on(sessions(place, stack, "*")),
        allow("ssmmessages:OpenDataChannel").on(sessions(place, stack, "${aws:userid}-*")));
  }

  /** Sees, keeps and ends the cluster, and reaches nothing that runs on it. */
  public static List<Statement> operator(String cluster) {
    return List.of(
        seeing().on(cluster),
        allow("elasticmapreduce:TerminateJobFlows").on(cluster),
        allow("elasticmapreduce:AddTags", "elasticmapreduce:RemoveTags")
            .when("ForAllValues:StringEquals", "aws:TagKeys", List.of(TagKeys.KEEP_UNTIL))
            .when("Null", "aws:TagKeys", "false")
            .on(cluster));
  }

  /** Sees the cluster, and gets no session on it by any other policy either. */
  public static List<Statement> viewer(
      Place place, Stack stack, String cluster, String clusterId, List<String> documents) {
    Statement noSession =
        Statement.deny(List.of("ssm:StartSession"))
            .when("StringEquals", CLUSTER_OF_INSTANCE, clusterId)
            .on(instances(place, stack));
    List<Statement> both = List.of(seeing().on(cluster), noSession);
    return documents.isEmpty()
        ? both
        : List.of(
            both.get(0),
            noSession,
            Statement.deny(List.of("ssm:StartSession"))
                .on(documents.stream().map(name -> document(place, stack, name)).toList()));
  }

  private static Statement seeing() {
    return allow(
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:DescribeStep",
        "elasticmapreduce:ListInstances",
        "elasticmapreduce:ListSteps");
  }

  /**
   * The nodes, and so every query on them: their own files, their own logs, Session Manager.
   *
   * @param objects the ARNs of what the install step fetches, each by its key
   * @param logs the ARN of the objects that their logs become
   */
  public static List<Statement> nodes(List<String> objects, String logs) {
    return List.of(
        allow("s3:GetObject").on(objects),
        allow("s3:PutObject").on(logs),
        // The agent's actions act on no resource that IAM knows.
        allow(
                "ssm:UpdateInstanceInformation",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel")
            .on("*"));
  }

  /** The server reads the token that callers must present. */
  public static List<Statement> readsSecret(String secret) {
    return List.of(allow("secretsmanager:GetSecretValue").on(secret));
  }

  /** The nodes use the key of their disks. */
  public static List<Statement> usesKey(String key) {
    return List.of(allow(USING_KEY.toArray(String[]::new)).on(key));
  }

  /** EMR starts instances that act as the nodes, with encrypted disks. */
  public static List<Statement> service(String nodeRole, String key) {
    return List.of(
        allow("iam:PassRole")
            // The service has another name in some partitions: ec2.amazonaws.com.cn.
            .when("StringLike", "iam:PassedToService", "ec2.amazonaws.com*")
            .on(nodeRole),
        allow(
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo")
            .on(key),
        // Only for disks: a grant that an AWS service asks for on our behalf.
        allow("kms:CreateGrant").when("Bool", "kms:GrantIsForAWSResource", "true").on(key));
  }

  /**
   * The function looks why its own stack changes, before there is a cluster; and whether one that
   * was replaced is over, whose id nobody has any more, so by a tag.
   *
   * @param address the value of the tag
   */
  public static List<Statement> hooks(Stack stack, String address) {
    return List.of(
        allow("cloudformation:DescribeStackResource", "cloudformation:DescribeStacks")
            .on(Aws.STACK_ID),
        // Neither knows any resource.
        allow("cloudwatch:GetMetricData", "elasticloadbalancing:DescribeTargetHealth").on("*"),
        allow("elasticmapreduce:DescribeCluster")
            .when("StringEquals", "aws:ResourceTag/" + TagKeys.LIFECYCLE, address)
            .on(arn(Place.of(stack), stack, "elasticmapreduce", "cluster", "*")));
  }

  /** The function waits for the server of one cluster. */
  public static List<Statement> waiting(String cluster) {
    return List.of(
        allow(
                "elasticmapreduce:DescribeCluster",
                "elasticmapreduce:DescribeStep",
                "elasticmapreduce:ListInstances")
            .on(cluster));
  }

  /** The reaper sees and ends clusters; it connects to none. */
  public static List<Statement> reaper(List<String> clusters) {
    return List.of(
        allow("elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows")
            .on(clusters),
        // Knows no resource.
        allow("cloudwatch:GetMetricData").on("*"));
  }

  private static String instances(Place place, Stack stack) {
    return arn(place, stack, "ec2", "instance", "*");
  }

  private static String document(Place place, Stack stack, String name) {
    return arn(place, stack, "ssm", "document", name);
  }

  private static String sessions(Place place, Stack stack, String id) {
    return arn(place, stack, "ssm", "session", id);
  }

  private static String arn(
      Place place, Stack stack, String service, String resource, String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service(service)
            .account(place.account())
            .region(place.region())
            .resource(resource)
            .resourceName(name)
            .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
            .build());
  }

  private static Statement allow(String... actions) {
    return Statement.allow(List.of(actions));
  }
}
