package io.sparkgate.function.stub;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What was asked to happen to calls; the first that is not used up and matches is it. */
final class Injections {

  private final List<Injection> injections = new CopyOnWriteArrayList<>();

  Injection next(int times, Predicate<Call> which) {
    Injection injection = new Injection(times, which);
    injections.add(injection);
    return injection;
  }

  /** What the answer is to say instead. */
  Map<String, Object> perform(Call call) throws Refused, InterruptedException {
    for (Injection injection : injections) {
      if (injection.takes(call)) {
        return injection.perform();
      }
    }
    return Map.of();
  }
}
