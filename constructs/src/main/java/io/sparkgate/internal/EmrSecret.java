package io.sparkgate.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

/**
 * A secret that a setting of Spark refers to, so that its value stands in no template. EMR
 * Serverless reads it when work starts: as itself and not as the execution role, and only if it is
 * encrypted with a customer managed key (EMR Serverless User Guide, Secrets Manager for data
 * protection).
 *
 * @param secret whose whole text is the value
 */
public record EmrSecret(ISecret secret) {

  private static final ServicePrincipal SERVICE =
      new ServicePrincipal("emr-serverless.amazonaws.com");

  /** Behind how many colons the name of a secret stands in its ARN, with its six random letters. */
  private static final int NAME = 6;

  /** What a setting says in place of the value. */
  public String reference() {
    String arn = String.valueOf(secret.getSecretFullArn());
    return "EMR.secret@"
        + (Token.isUnresolved(arn)
            ? Fn.select(NAME, Fn.split(":", arn))
            : arn.substring(arn.lastIndexOf(':') + 1));
  }

  /** Says why the service cannot read it. */
  public Optional<String> problem() {
    if (secret.getSecretFullArn() == null) {
      return Optional.of(
          "secret %s was imported without the six letters at the end of its ARN, which EMR Serverless needs; import it with Secret.fromSecretCompleteArn"
              .formatted(path()));
    }
    return secret instanceof Secret && secret.getEncryptionKey() == null
        ? Optional.of(
            "secret %s is encrypted with AWS's own key, with which EMR Serverless cannot read it; give it an encryptionKey"
                .formatted(path()))
        : Optional.empty();
  }

  /**
   * Lets the service read it, for any application of an account: the policy of a secret that names
   * one would wait for the application, which waits for the secret.
   */
  public void admitService(IGrantable executionRole) {
    @Nullable String account = executionRole.getGrantPrincipal().getPrincipalAccount();
    boolean admitted =
        Boolean.TRUE.equals(
            secret
                .addToResourcePolicy(
                    DataPermissions.readingSecret(
                        SERVICE,
                        "arn:%s:emr-serverless:%s:%s:/applications/*"
                            .formatted(
                                Aws.PARTITION,
                                Aws.REGION,
                                account == null ? Aws.ACCOUNT_ID : account)))
                .getStatementAdded());
    IKey key = secret.getEncryptionKey();
    if (key != null) {
      admitted &=
          key.addToResourcePolicy(
                  PolicyStatement.Builder.create()
                      .principals(List.of(SERVICE))
                      .actions(List.of("kms:Decrypt", "kms:DescribeKey"))
                      .resources(List.of("*"))
                      .conditions(
                          Map.of(
                              "StringEquals",
                              Map.of(
                                  "kms:ViaService",
                                  "secretsmanager." + Aws.REGION + ".amazonaws.com")))
                      .build(),
                  true)
              .getStatementAdded();
    }
    new Findings(secret)
        .warnIf(
            !admitted || key == null,
            "importedSecret",
            """
            secret %s, or its key, was made elsewhere, so its policy is not changed from here, and \
            EMR Serverless cannot read it; encrypt it with a customer managed key, allow \
            emr-serverless.amazonaws.com secretsmanager:GetSecretValue and \
            secretsmanager:DescribeSecret there, and kms:Decrypt and kms:DescribeKey on the key \
            (docs/catalogs.md has the statements), then acknowledge this"""
                .formatted(path()));
  }

  private String path() {
    return secret.getNode().getPath();
  }
}
