package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.EmrSecret;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * A setting whose value is a secret: the template has a reference, and EMR Serverless fetches the
 * value when a session or a job run starts.
 */
final class ConfigurationSecret extends SourceAccess {

  private final EmrSecret secret;
  private final String classification;
  private final String key;

  ConfigurationSecret(ISecret secret, String classification, String key) {
    super(
        "DataSource.configurationSecret '%s'"
            .formatted(requireNonNull(secret, "secret").getNode().getPath()));
    this.secret = new EmrSecret(secret);
    this.classification = requireNonNull(classification, "classification");
    this.key = requireNonNull(key, "key");
  }

  /** The service reads it, not the role. */
  @Override
  List<Statement> statements() {
    return List.of();
  }

  @Override
  void letServiceIn(IGrantable role) {
    secret.admitService(role);
  }

  @Override
  List<String> moreProblems(FeatureTarget target) {
    return Stream.concat(
            secret.problem().map(problem -> this + ": " + problem).stream(),
            elsewhere(Place.of(Stack.of(target.application()))))
        .toList();
  }

  private Stream<String> elsewhere(Place here) {
    Place there = Place.of(secret.secret());
    return there.differsFrom(here)
        ? Stream.of(
            """
            %s is of %s, but the application of %s, and the reference has only a name; use a \
            secret of the application's account and Region"""
                .formatted(this, there, here))
        : Stream.empty();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return List.of(Classification.of(classification, Map.of(key, secret.reference())));
  }
}
