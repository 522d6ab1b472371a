package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ResourceProps;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** An application that another stack or account owns. */
final class ImportedApplication extends EmrServerlessApplicationBase {

  private static final Pattern ID = Pattern.compile("[0-9a-z]{1,64}");
  private static final Pattern ARN =
      Pattern.compile("arn:[\\w-]+:emr-serverless:[a-z0-9-]+:\\d{12}:/applications/[0-9a-z]{1,64}");

  private final String applicationId;
  private final String applicationArn;
  private final Optional<String> name;
  private final Traits traits;

  private ImportedApplication(
      Construct scope, String id, EmrServerlessApplicationAttributes attributes) {
    super(scope, id, place(attributes));
    applicationId = attributes.getApplicationId();
    name = attributes.getApplicationName();
    traits = new Traits(attributes.getEncryptionKey().map(LogKey::new), false, Optional.empty());
    new Findings(this)
        .errorIf(
            !Tokens.isUnresolved(applicationId) && !ID.matcher(applicationId).matches(),
            """
            applicationId '%s' is not the id of an EMR Serverless application; use 1 to 64 of 0-9 \
            a-z, such as 00f1cb5c6anuij25"""
                .formatted(applicationId));
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
    super(scope, id, place(applicationArn));
    new Findings(this)
        .errorIf(
            !isPerhapsArn(applicationArn),
            """
            applicationArn '%s' is not the ARN of an EMR Serverless application; use \
            arn:<partition>:emr-serverless:<region>:<account>:/applications/<id>, with the slash \
            before applications"""
                .formatted(applicationArn));
    this.applicationArn = applicationArn;
    name = Optional.empty();
    traits = new Traits(Optional.empty(), false, Optional.empty());
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

  @Override
  Optional<String> name() {
    return name;
  }

  @Override
  Traits traits() {
    return traits;
  }

  private static ResourceProps place(EmrServerlessApplicationAttributes attributes) {
    ResourceProps.Builder place = ResourceProps.builder();
    attributes.getRegion().ifPresent(place::region);
    attributes.getAccount().ifPresent(place::account);
    return place.build();
  }

  /** What is no ARN is refused in the words of this library, not of the CDK. */
  private static ResourceProps place(String arn) {
    ResourceProps.Builder place = ResourceProps.builder();
    return isPerhapsArn(arn) ? place.environmentFromArn(arn).build() : place.build();
  }

  private static boolean isPerhapsArn(String arn) {
    return Tokens.isUnresolved(arn) || ARN.matcher(arn).matches();
  }
}
