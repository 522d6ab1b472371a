package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows Alice, allows her all but what a test denies, and remembers what was asked. */
final class RecordingAccess implements AccessControl {

  static final String ALICE = "arn:aws:sts::111122223333:assumed-role/Developer/alice";

  final List<Action> asked = new ArrayList<>();
  private String denied = "";

  void deny(String action) {
    denied = action;
  }

  @Override
  public Optional<Identity> identify(String accessKeyId) {
    return switch (accessKeyId) {
      case "AKIDALICE", "AKIDEXPIRED" ->
          Optional.of(new Identity(accessKeyId, ALICE, "AROAEXAMPLE:alice", "", Map.of()));
      case "AKIDBROKEN" -> throw new IllegalStateException("secret detail");
      default -> Optional.empty();
    };
  }

  @Override
  public boolean hasExpired(Identity caller) {
    return caller.accessKeyId().equals("AKIDEXPIRED");
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    asked.add(action);
    return action.name().equals(denied)
        ? Optional.of("User: alice is not authorized to perform: " + denied)
        : Optional.empty();
  }
}
