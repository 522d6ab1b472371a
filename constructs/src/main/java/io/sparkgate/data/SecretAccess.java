package io.sparkgate.data;

import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import java.util.List;
import java.util.Optional;
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
    // Six characters that Secrets Manager chose end an ARN; who imports by name knows them not.
    return SourcePermissions.secret(whole != null ? whole : secret.getSecretArn() + "-??????");
  }

  @Override
  List<KeyUse> keys() {
    return Optional.ofNullable(secret.getEncryptionKey()).map(KeyUse::reading).stream().toList();
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
