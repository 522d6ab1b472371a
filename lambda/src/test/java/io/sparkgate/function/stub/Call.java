package io.sparkgate.function.stub;

import java.util.List;
import java.util.Map;

/**
 * One request as it arrived; a retry is a call of its own.
 *
 * @param application its id; of CloudFormation, the stack's; of EMR, the cluster's; of Elastic Load
 *     Balancing, the instance's; of CloudWatch, the first metric's name; of S3, the bucket; of
 *     EventBridge, the bus; of EC2, the first subnet
 * @param session the id of the session, job run or step; of CloudFormation, the logical id; of S3,
 *     the key; empty for a list and for the application itself
 * @param query the decoded parameters
 * @param accessKey by which it was signed; empty when it was not
 * @param signingScope Region, service and terminator of the SigV4 scope, for example {@code
 *     us-east-1/emr-serverless/aws4_request}; empty when the request was not signed
 */
public record Call(
    Operation operation,
    String application,
    String session,
    Map<String, List<String>> query,
    String accessKey,
    String signingScope) {

  /** The id of the session or job run; of the application for a list. */
  public String subject() {
    return session.isEmpty() ? application : session;
  }

  /** Short, for exact comparisons of whole sweeps: {@code "GET_SESSION s1"}. */
  @Override
  public String toString() {
    return operation + " " + subject();
  }
}
