package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * A setting whose value is a secret: the template has a reference, and EMR Serverless fetches the
 * value when a session or a job run starts.
 */
final class ConfigurationSecret extends SourceAccess {

  private final ISecret secret;
  private final String classification;
  private final String key;

  ConfigurationSecret(ISecret secret, String classification, String key) {
    super(
        "DataSource.configurationSecret '%s'"
            .formatted(requireNonNull(secret, "secret").getNode().getPath()));
    this.secret = secret;
    this.classification = requireNonNull(classification, "classification");
    this.key = requireNonNull(key, "key");
    if (secret.getSecretFullArn() == null) {
      throw new IllegalArgumentException(
          """
          %s is imported without the six characters that end its ARN, but the reference has them; \
          use Secret.fromSecretCompleteArn, or fromSecretAttributes with secretCompleteArn"""
              .formatted(this));
    }
    if (Resource.isOwnedResource(secret) && secret.getEncryptionKey() == null) {
      throw new IllegalArgumentException(
          """
          %s is encrypted with the key of AWS, which EMR Serverless cannot use; give the secret an \
          encryptionKey, a customer managed key"""
              .formatted(this));
    }
  }

  /** The service reads it, not the role. */
  @Override
  List<Statement> statements() {
    return List.of();
  }

  @Override
  List<String> moreProblems(FeatureTarget target) {
    Place here = Place.of(Stack.of(target.application()));
    Place there = Place.of(secret);
    return there.differsFrom(here)
        ? List.of(
            """
            %s is of %s, but the application of %s, and the reference has only a name; use a \
            secret of the application's account and Region"""
                .formatted(this, there, here))
        : List.of();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    // Here, because the policies name applications, which a grant to a role does not know.
    ServiceReads.secret(secret, target.application());
    return List.of(Classification.of(classification, Map.of(key, "EMR.secret@" + name())));
  }

  /** What an ARN has last: the name with the six characters. */
  private String name() {
    return Fn.split(":", secret.getSecretArn(), 7).get(6);
  }
}
