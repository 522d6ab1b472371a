package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Drivers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A sandbox in small, for a test to kill: starts one driver and says when it is ready. */
final class OrphanMaker {
  private OrphanMaker() {}

  public static void main(String[] args) throws InterruptedException {
    var drivers =
        new SparkDrivers(
            Path.of(args[0]),
            Path.of(args[1]),
            SessionMemory.ofGigabytes(1),
            WorkerPython.none("none"));
    drivers.start(
        "orphan",
        Map.of(),
        new Drivers.Listener() {
          @Override
          public void ready(int grpcPort, String sparkUi) {
            System.out.println("ready");
          }

          @Override
          public void busy() {}

          @Override
          public void idle(Instant since) {}

          @Override
          public void ended(String reason) {
            System.out.println(reason);
          }
        });
    Thread.currentThread().join();
  }
}
