package io.sparkgate.function.lifecycle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The physical id of what stands before an update: a memory that CloudFormation keeps, and rolls
 * back, together with the stack.
 *
 * @param print of the settings for which the way is clear
 * @param before the print of those before them; null after a creation
 * @param clearedAt when the request was begun that cleared the way
 */
record PhysicalId(String print, @Nullable String before, @Nullable Instant clearedAt) {

  private static final int PRINT_BYTES = 8;

  /** Reads one; what it does not understand, it does not remember. */
  static PhysicalId parse(String text) {
    String[] parts = text.split("/", 3);
    if (parts.length == 3) {
      try {
        return new PhysicalId(parts[0], parts[1], Instant.parse(parts[2]));
      } catch (DateTimeParseException e) {
        // None of ours.
      }
    }
    return new PhysicalId(parts[0], null, null);
  }

  /** The print of an application's settings. */
  static String print(String fingerprint, List<String> references) {
    MessageDigest digest = sha256();
    digest.update(fingerprint.getBytes(StandardCharsets.UTF_8));
    for (String reference : references) {
      digest.update((byte) 0);
      digest.update(reference.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, PRINT_BYTES);
  }

  /** That after the way was cleared for an update to the wanted settings. */
  PhysicalId cleared(String wanted, Instant startedAt) {
    return new PhysicalId(wanted, print, startedAt);
  }

  @Override
  public String toString() {
    return before == null ? print : "%s/%s/%s".formatted(print, before, clearedAt);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
