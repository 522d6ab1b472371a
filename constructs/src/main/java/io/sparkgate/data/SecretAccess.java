package io.sparkgate.data;

import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/** Code of a session reads a secret. */
final class SecretAccess extends SourceAccess {

  private final ISecret secret;

  SecretAccess(ISecret secret) {
    super("DataSource.secret '%s'".formatted(secret.getNode().getPath()));
    this.secret = secret;
  }

  @Override
  List<Statement> statements() {
    String whole = secret.getSecretFullArn();
    return whole != null ? SourcePermissions.secret(whole) : byName();
  }

  /** Six characters that Secrets Manager chose end an ARN; who has only the name knows them not. */
  private List<Statement> byName() {
    return SourcePermissions.secret(secret.getSecretArn() + "-??????");
  }

  /** In a stack of another account or Region the CDK makes an ARN of the name alone. */
  @Override
  List<Statement> statementsFrom(Stack user) {
    return Resource.isOwnedResource(secret)
            && !(user.resolve(secret.getSecretArn()) instanceof Map<?, ?> found
                && found.containsKey("Ref"))
        ? byName()
        : statements();
  }

  @Override
  List<KeyUse> keys() {
    return Optional.ofNullable(secret.getEncryptionKey())
        .map(key -> KeyUse.reading(key, "secretsmanager"))
        .stream()
        .toList();
  }

  @Override
  Optional<Owned> owned() {
    return Optional.of(
        Owned.withPolicy(secret, secret.getSecretArn(), "secretName", secret::addToResourcePolicy));
  }

  @Override
  public List<PrivateEndpoint> endpoints() {
    return List.of(PrivateEndpoint.SECRETS_MANAGER.reaching(Place.of(secret).account()));
  }
}
