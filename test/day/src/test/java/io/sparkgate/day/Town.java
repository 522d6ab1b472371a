package io.sparkgate.day;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.function.monitor.MonitorOnClock;
import io.sparkgate.function.reaper.sweep.ReaperOnClock;
import io.sparkgate.function.watch.GuardInTown;
import io.sparkgate.sandbox.ec2.Ec2Front;
import io.sparkgate.sandbox.ec2.Subnets;
import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.emrserverless.Ledger;
import io.sparkgate.sandbox.emrserverless.ManualClock;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.emrserverless.SimulatedDrivers;
import io.sparkgate.sandbox.emrserverless.SimulatedJobs;
import io.sparkgate.sandbox.emrserverless.WorkerGroup;
import io.sparkgate.sandbox.events.Buses;
import io.sparkgate.sandbox.events.EventsFront;
import io.sparkgate.sandbox.metrics.EmbeddedMetrics;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.ServiceMetrics;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deployed stack at work: the service by a clock in hand, and the functions of the template on
 * the same clock, every five minutes. Nothing sleeps.
 */
final class Town implements AutoCloseable {

  final ManualClock clock;
  final SimulatedDrivers drivers = new SimulatedDrivers();
  final SimulatedJobs jobs = new SimulatedJobs();
  final Ledger ledger = Ledger.inMemory();
  final MetricStore metrics = new MetricStore();
  final Buses buses;
  final Watcher reaper;
  final Watcher monitor;
  private final Watcher guard;

  /** Lines of the monitor's and the reaper's log. */
  final List<String> log = new ArrayList<>();

  /** How many each function made, by its name. */
  final Map<String, Integer> calls = new LinkedHashMap<>();

  /** When an invocation failed. */
  final List<Instant> failures = new ArrayList<>();

  private final Deployed deployed;
  private final ServiceMetrics emitted = new ServiceMetrics(metrics);
  private final ControlPlane plane;
  private final Door door;

  /**
   * At a moment.
   *
   * @param folder where the buckets are
   */
  Town(Deployed deployed, Path folder, Instant start) throws IOException {
    this.deployed = deployed;
    clock = new ManualClock(start);
    buses =
        new Buses(
            deployed.surroundings().buses(),
            deployed.surroundings().rules(),
            Optional.empty(),
            remark -> {
              throw new IllegalStateException(remark);
            });
    Everybody access = new Everybody();
    plane =
        ControlPlane.Builder.create(access, drivers)
            .jobDrivers(jobs)
            .clock(SandboxClock.withMinuteOf(60, clock))
            .ledger(ledger)
            .events(event -> buses.put("default", event))
            .neighbour(
                EventsFront.SERVICE,
                new EventsFront(
                    access, buses, name -> deployed.blueprint().arn("events", name), clock))
            .neighbour(
                "ec2",
                new Ec2Front(
                    access,
                    new Subnets(deployed.surroundings().subnets(), this::workers),
                    name -> deployed.blueprint().arn("ec2", name)))
            .neighbour("s3", new UsageFolder(folder))
            .withoutTimer()
            .start();
    plane.createApplication(deployed.application().id(), deployed.application().createRequest());
    door = new Door(plane.uri());
    // The SDK reads this one by itself, in the process.
    System.setProperty("aws.endpointUrlEmrServerless", door.uri().toString());
    reaper =
        watcher(
            Handlers.REAPER,
            Configuration.REAPER,
            (environment, print) -> ReaperOnClock.of(environment, print, clock));
    monitor =
        watcher(
            Handlers.MONITOR,
            Configuration.MONITOR,
            (environment, print) -> MonitorOnClock.of(environment, print, clock));
    guard = watcher(Handlers.GUARD, Configuration.GUARD, GuardInTown::of);
  }

  private interface Maker {
    RequestStreamHandler make(Map<String, String> environment, PrintStream print);
  }

  private Watcher watcher(String handler, String variable, Maker maker) {
    Map<String, String> environment = environment(variable, deployed.document(handler, variable));
    String logicalId = deployed.function(handler);
    String name = deployed.surroundings().functionNames().getOrDefault(logicalId, logicalId);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", name);
    return new Watcher(name, print -> maker.make(environment, print));
  }

  /** As the template has it, but for rates, which fill up by the wall's clock. */
  private Map<String, String> environment(String variable, ObjectNode document) {
    document
        .path(Configuration.RATES)
        .forEach(
            rate ->
                ((ObjectNode) rate)
                    .put(Configuration.PER_SECOND, 10_000)
                    .put(Configuration.BURST, 10_000));
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put(variable, document.toString());
    environment.put("AWS_REGION", deployed.blueprint().region());
    for (String service : List.of("S3", "EVENTBRIDGE", "EC2")) {
      environment.put("AWS_ENDPOINT_URL_" + service, door.uri().toString());
    }
    return environment;
  }

  /** Somebody of the role of developers. */
  Person person(String name) {
    URI application = URI.create(plane.uri() + "/applications/" + deployed.application().id());
    return new Person(name, application, deployed.blueprint().executionRoleArn());
  }

  /** What is between the functions and all that they call. */
  Door door() {
    return door;
  }

  /**
   * Lets a minute pass; at each fifth the monitor looks and the reaper sweeps, hourly the guard.
   */
  void minute() {
    clock.pass(Duration.ofMinutes(1));
    plane.tick();
    emitted.emit(clock.instant(), plane.census());
    if (clock.instant().getEpochSecond() / 60 % DayStack.EVERY_MINUTES == 0) {
      invoke(monitor);
      invoke(reaper);
      if (clock.instant().getEpochSecond() % 3600 == 0) {
        invoke(guard);
      }
      plane.tick();
    }
  }

  private void invoke(Watcher function) {
    Instant now = clock.instant();
    int before = door.calls();
    Watcher.Result result = function.invoke();
    calls.merge(function.name(), door.calls() - before, Integer::sum);
    log.addAll(result.lines());
    result.lines().forEach(line -> EmbeddedMetrics.read(line, Optional.of(now), metrics));
    emitted.invoked(function.name(), now, Duration.ofMillis(400), result.failed());
    if (result.failed()) {
      failures.add(now);
    }
  }

  private long workers() {
    return plane.census().stream()
        .flatMap(application -> application.groups().stream())
        .mapToLong(WorkerGroup::total)
        .sum();
  }

  @Override
  public void close() {
    door.close();
    plane.close();
  }
}
