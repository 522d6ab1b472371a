package io.sparkgate.serverless;

import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IAlias;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** A customer managed key over all logs of an application, and those whom it has to let in. */
record LogKey(IKey key) {

  private static final List<String> USE = List.of("kms:Decrypt", "kms:GenerateDataKey");

  String arn() {
    return key.getKeyArn();
  }

  /** A key policy can let in another account, but the services look for a key in one Region. */
  void checkPlace(Findings findings, Stack stack) {
    PlaceChecks.checkRegion(findings, "encryptionKey", "a key", key, stack);
    PlaceChecks.checkReferable(
        findings,
        "encryptionKey",
        key,
        arn(),
        "import it by its ARN with Key.fromKeyArn and let the services and the roles in by its own"
            + " policy (docs/security.md has the statements)",
        stack);
    PlaceChecks.checkPartition(findings, "encryptionKey " + key.getNode().getPath(), arn(), stack);
  }

  /**
   * Lets the services use the key. Any application of the account, because a key policy that names
   * this one would wait for the application, which waits for the key.
   */
  void admitServices(Construct application, Findings findings, boolean cloudWatch) {
    findings.errorIf(
        key instanceof IAlias || arn().contains(":alias/"),
        () ->
            """
        encryptionKey received the alias %s, but the service takes a key only; pass the key that \
        it stands for"""
                .formatted(key.getNode().getPath()));
    Stack stack = Stack.of(application);
    boolean admitted =
        admit(
            new ServicePrincipal("emr-serverless.amazonaws.com"),
            Map.of("StringLike", Map.of("aws:SourceArn", ApplicationArn.ofAll(stack))));
    if (cloudWatch) {
      admit(
          new ServicePrincipal("logs." + stack.getRegion() + ".amazonaws.com"),
          Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", everyLogGroup(stack))));
    }
    findings.warnIf(
        !admitted,
        "importedKey",
        """
        encryptionKey %s was made elsewhere, so its key policy is not changed from here, and \
        without a statement for emr-serverless.amazonaws.com%s sessions and job runs fail; add \
        kms:Decrypt and kms:GenerateDataKey there (docs/security.md has the statements)"""
            .formatted(key.getNode().getPath(), cloudWatch ? " and one for CloudWatch Logs" : ""));
  }

  Grant grantUse(IGrantable grantee) {
    return key.grant(grantee, USE.toArray(String[]::new));
  }

  Grant grantAssociate(IGrantable writer, String logGroupArn) {
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(writer)
            .actions(List.of("logs:AssociateKmsKey"))
            .resourceArns(List.of(logGroupArn))
            .build());
  }

  private boolean admit(ServicePrincipal service, Map<String, Object> conditions) {
    return key.addToResourcePolicy(
            PolicyStatement.Builder.create()
                .principals(List.of(service))
                .actions(USE)
                .resources(List.of("*"))
                .conditions(conditions)
                .build(),
            true)
        .getStatementAdded();
  }

  private static String everyLogGroup(Stack stack) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("logs")
            .resource("*")
            .arnFormat(ArnFormat.NO_RESOURCE_NAME)
            .build());
  }
}
