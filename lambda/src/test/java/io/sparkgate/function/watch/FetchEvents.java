package io.sparkgate.function.watch;

/** What EventBridge hands to the function. */
final class FetchEvents {

  private FetchEvents() {}

  static String fetchedBy(String arn) {
    return event(
        "{\"type\": \"AssumedRole\", \"arn\": \"%s\", \"accessKeyId\": \"ASIAHUSH\"}"
            .formatted(arn),
        "00app",
        "00s1");
  }

  /** As CloudTrail records the call and EventBridge hands it on. */
  static String event(String identity, String applicationId, String sessionId) {
    return """
        {
          "version": "0",
          "source": "aws.emr-serverless",
          "detail-type": "AWS API Call via CloudTrail",
          "account": "123456789012",
          "region": "eu-west-1",
          "detail": {
            "eventVersion": "1.11",
            "userIdentity": %s,
            "eventTime": "2026-11-20T10:15:30Z",
            "eventSource": "emr-serverless.amazonaws.com",
            "eventName": "GetSessionEndpoint",
            "sourceIPAddress": "203.0.113.7",
            "requestParameters": {"applicationId": "%s", "sessionId": "%s"},
            "responseElements": {"authToken": "hush"},
            "readOnly": true,
            "managementEvent": true
          }
        }
        """
        .formatted(identity, applicationId, sessionId);
  }
}
