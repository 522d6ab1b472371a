package io.sparkgate.sandbox.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** Names as AWS would make them up, but the same ones each time. */
final class MadeUp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String HEX = "0123456789abcdef";

  private MadeUp() {}

  /** An id of EMR Serverless: 16 characters, of which AWS's begin with 00. */
  static String applicationId(String seed) {
    return "00" + digits(BASE36, 14, seed);
  }

  /** An id of EMR on EC2: {@code j-} and 13 characters. */
  static String clusterId(String seed) {
    return "j-" + digits(BASE36, 13, seed).toUpperCase(Locale.ROOT);
  }

  /** The id of a step of a cluster. */
  static String stepId(String seed) {
    return "s-" + digits(BASE36, 13, seed).toUpperCase(Locale.ROOT);
  }

  /** The six characters that Secrets Manager puts at the end of a secret's ARN. */
  static String suffix(String seed) {
    return digits(BASE36, 6, seed);
  }

  /** The unique id of a role, the first half of {@code aws:userid}. */
  static String roleId(String seed) {
    return "AROA" + digits(BASE32, 17, seed);
  }

  /** An id such as subnet-0123456789abcdef0. */
  static String ec2Id(String prefix, String seed) {
    return prefix + "-" + digits(HEX, 17, seed);
  }

  static String uuid(String seed) {
    return digits(HEX, 32, seed).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /** Stack, logical id and a random end, in at most the 64 characters that IAM takes. */
  static String physicalName(String stack, String logicalId) {
    return "%.24s-%.26s-%s"
        .formatted(
            stack, logicalId, digits(BASE36, 12, stack + "/" + logicalId).toUpperCase(Locale.ROOT));
  }

  /** The same in at most the 63 characters that S3 takes, without capitals. */
  static String bucketName(String stack, String logicalId) {
    return "%.24s-%.25s-%s"
        .formatted(stack, logicalId, digits(BASE36, 12, stack + "/" + logicalId))
        .toLowerCase(Locale.ROOT);
  }

  private static String digits(String alphabet, int length, String seed) {
    BigInteger rest = new BigInteger(1, sha256(seed));
    BigInteger base = BigInteger.valueOf(alphabet.length());
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      digits.append(alphabet.charAt(rest.mod(base).intValue()));
      rest = rest.divide(base);
    }
    return digits.toString();
  }

  private static byte[] sha256(String seed) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
