package io.sparkgate.serverless;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * The name of an application that is given none: its stack's name and its path in the stack, which
 * identify it to CloudFormation as well, so that no change of this name replaces what would
 * otherwise have stayed.
 */
final class DefaultName {

  private static final int MAX_LENGTH = 64;
  private static final int HASH_LENGTH = 8;
  static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)\\d{12}(?!\\d)");
  private static final Pattern ILLEGAL = Pattern.compile("[^A-Za-z0-9._/#-]");

  private DefaultName() {}

  static String of(Construct application) {
    Stack stack = outermost(Stack.of(application));
    String pathInStack =
        application.getNode().getPath().substring(stack.getNode().getPath().length());
    String path = stack.getStackName() + pathInStack;
    String legal = ILLEGAL.matcher(ACCOUNT.matcher(path).replaceAll("")).replaceAll("-");
    return legal.equals(path) && path.length() <= MAX_LENGTH ? path : shortened(legal, path);
  }

  /** A hash keeps apart what looks alike once it is cut. */
  private static String shortened(String legal, String path) {
    int room = MAX_LENGTH - HASH_LENGTH - 1;
    return legal.substring(0, Math.min(room, legal.length())) + "-" + hash(path);
  }

  private static Stack outermost(Stack stack) {
    return Optional.ofNullable(stack.getNestedStackParent())
        .map(DefaultName::outermost)
        .orElse(stack);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
