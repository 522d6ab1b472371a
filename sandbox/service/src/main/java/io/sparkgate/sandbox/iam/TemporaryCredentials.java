package io.sparkgate.sandbox.iam;

import java.time.Instant;

/**
 * What a client signs its calls with for a while, as AssumeRole gives it.
 *
 * @param secretAccessKey the sandbox does not check signatures; any value does
 * @param sessionToken the sandbox does not ask for it
 * @param expiresAt by the clients' clock; from then on calls are refused
 */
public record TemporaryCredentials(
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    Identity identity,
    Instant expiresAt) {

  @Override
  public String toString() {
    return "credentials of " + identity.arn() + " until " + expiresAt;
  }
}
