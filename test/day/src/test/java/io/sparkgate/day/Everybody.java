package io.sparkgate.day;

import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Each access key is somebody in the role of developers, who may all; others test who may what. */
final class Everybody implements AccessControl {

  private static final String PREFIX = "AKID";

  static String accessKey(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT);
  }

  @Override
  public Optional<Identity> identify(String accessKeyId) {
    String name = accessKeyId.replaceFirst("^" + PREFIX, "").toLowerCase(Locale.ROOT);
    return Optional.of(
        new Identity(
            accessKeyId,
            "arn:aws:sts::111122223333:assumed-role/Developer/" + name,
            "AROAEXAMPLE:" + name,
            "",
            Map.of()));
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    return Optional.empty();
  }
}
