package io.sparkgate.application;

import java.util.regex.Pattern;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.constructs.Construct;

/** An application that another stack or account owns. */
final class ImportedApplication extends EmrServerlessApplicationBase {

  private static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");
  private static final Pattern ARN =
      Pattern.compile("arn:[\\w-]+:emr-serverless:[a-z0-9-]+:\\d{12}:/applications/[0-9a-z]{1,64}");

  private final String applicationId;
  private final String applicationArn;

  private ImportedApplication(
      Construct scope, String id, EmrServerlessApplicationAttributes attributes) {
    super(scope, id);
    applicationId = attributes.getApplicationId();
    new Findings(this)
        .errorIf(
            !Token.isUnresolved(applicationId) && !ID.matcher(applicationId).matches(),
            () ->
                "applicationId '"
                    + applicationId
                    + "' is not the id of an EMR Serverless application; use 1 to 64 of 0-9 a-z,"
                    + " such as 00f1cb5c6anuij25");
    Stack stack = Stack.of(this);
    applicationArn =
        stack.formatArn(
            ArnComponents.builder()
                .service("emr-serverless")
                .region(attributes.getRegion().orElseGet(stack::getRegion))
                .account(attributes.getAccount().orElseGet(stack::getAccount))
                .resource("/applications")
                .resourceName(applicationId)
                .build());
  }

  private ImportedApplication(Construct scope, String id, String applicationArn) {
    super(scope, id);
    new Findings(this)
        .errorIf(
            !Token.isUnresolved(applicationArn) && !ARN.matcher(applicationArn).matches(),
            () ->
                "applicationArn '"
                    + applicationArn
                    + "' is not the ARN of an EMR Serverless application; use"
                    + " arn:<partition>:emr-serverless:<region>:<account>:/applications/<id>, with"
                    + " the slash before applications");
    this.applicationArn = applicationArn;
    applicationId = Fn.select(2, Fn.split("/", applicationArn));
  }

  static ImportedApplication of(
      Construct scope, String id, EmrServerlessApplicationAttributes attributes) {
    return new ImportedApplication(scope, id, attributes);
  }

  static ImportedApplication ofArn(Construct scope, String id, String applicationArn) {
    return new ImportedApplication(scope, id, applicationArn);
  }

  @Override
  public String getApplicationId() {
    return applicationId;
  }

  @Override
  public String getApplicationArn() {
    return applicationArn;
  }
}
