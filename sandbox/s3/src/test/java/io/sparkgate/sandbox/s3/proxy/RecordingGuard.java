package io.sparkgate.sandbox.s3.proxy;

import io.sparkgate.sandbox.s3.Guard;
import io.sparkgate.sandbox.s3.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Knows one key, keeps what it is asked, and denies what a test wants denied. */
final class RecordingGuard implements Guard {
  static final String KEY = "AKIATEST";
  static final String SECRET = "secret";

  private final List<String> asked = new ArrayList<>();
  private final Set<String> denied = new TreeSet<>();

  /** From now on denies these actions only, and has been asked nothing. */
  synchronized void deny(String... actions) {
    denied.clear();
    denied.addAll(List.of(actions));
    asked.clear();
  }

  /** The questions so far, as {@code action resource {context}}. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized void missing(String accessKeyId, String bucket) {
    asked.add("missing " + bucket);
  }

  @Override
  public Optional<String> secretAccessKey(String accessKeyId) {
    return accessKeyId.equals(KEY) ? Optional.of(SECRET) : Optional.empty();
  }

  @Override
  public synchronized Optional<String> denial(String accessKeyId, Question question) {
    if (accessKeyId.isEmpty()) {
      return Optional.of("Access Denied");
    }
    String context = question.context().isEmpty() ? "" : " " + question.context();
    asked.add(question.action() + " " + question.resource() + context);
    return denied.contains(question.action())
        ? Optional.of("not \"%s\" on <%s>".formatted(question.action(), question.resource()))
        : Optional.empty();
  }
}
