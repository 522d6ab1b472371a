package io.sparkgate.sandbox.emrserverless;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes up what must not be guessed or met twice. */
final class Ids {

  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** In the form of the service's own: 16 characters, the first two of them zeros. */
  static String resource() {
    StringBuilder id = new StringBuilder("00");
    RANDOM.ints(14, 0, DIGITS.length()).forEach(i -> id.append(DIGITS.charAt(i)));
    return id.toString();
  }

  /**
   * 96 random bytes, without padding: Python clients cannot pass on a value with an equals sign.
   */
  static String token() {
    byte[] bytes = new byte[96];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
