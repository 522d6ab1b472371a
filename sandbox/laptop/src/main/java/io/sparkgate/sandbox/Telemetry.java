package io.sparkgate.sandbox;

import io.sparkgate.sandbox.dashboard.DashboardsFront;
import io.sparkgate.sandbox.ec2.Ec2Front;
import io.sparkgate.sandbox.ec2.Subnets;
import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.emrserverless.Ledger;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.emrserverless.WorkerGroup;
import io.sparkgate.sandbox.events.Buses;
import io.sparkgate.sandbox.events.EventsFront;
import io.sparkgate.sandbox.lambda.Schedule;
import io.sparkgate.sandbox.logs.LogGroups;
import io.sparkgate.sandbox.logs.LogsFront;
import io.sparkgate.sandbox.metrics.EmbeddedMetrics;
import io.sparkgate.sandbox.metrics.MetricStore;
import io.sparkgate.sandbox.metrics.ServiceMetrics;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.EventRule;
import io.sparkgate.sandbox.template.Surroundings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What goes on, for people to see: events, logs and metrics, and the template's dashboards. */
final class Telemetry implements RunningFunction.Listener, AutoCloseable {

  /** The services that are played beside the API, as SDKs name their endpoints. */
  private static final List<String> ENDPOINTS = List.of("EVENTBRIDGE", "EC2", "CLOUDWATCH_LOGS");

  /** Of a subnet that the template only names; assumed. */
  private static final String SOME_BLOCK = "0.0.0.0/24";

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Blueprint blueprint;
  private final Surroundings surroundings;
  private final SandboxClock clock;
  private final Path work;
  private final Buses buses;
  private final LogGroups logs;
  private final MetricStore store = new MetricStore();
  private final ServiceMetrics metrics = new ServiceMetrics(store);
  private final AtomicReference<@Nullable ControlPlane> control = new AtomicReference<>();
  private @Nullable Schedule schedule;

  /**
   * Hears nothing yet.
   *
   * @param work where events and the service's account are written
   * @param remarks hears of rules that cannot be played
   */
  Telemetry(
      Options options, Blueprint blueprint, SandboxClock clock, Path work, Consumer<String> remarks)
      throws BadInput {
    this.blueprint = blueprint;
    this.surroundings = Surroundings.read(options.template(), options.environment());
    this.clock = clock;
    this.work = work;
    this.buses = new Buses(surroundings.buses(), surroundings.rules(), Optional.of(work), remarks);
    this.logs = new LogGroups(Set.copyOf(surroundings.logGroups().values()));
  }

  /** Gives the service its ledger, its neighbours and its pages. */
  void addTo(ControlPlane.Builder builder, TemplateAccess access) {
    builder
        .ledger(Ledger.in(work.resolve("account.jsonl")))
        .events(event -> buses.put(EventRule.DEFAULT_BUS, event))
        .neighbour(
            EventsFront.SERVICE,
            new EventsFront(
                access, buses, resource -> blueprint.arn("events", resource), clock.real()))
        .neighbour(
            LogsFront.SERVICE,
            new LogsFront(access, logs, resource -> blueprint.arn("logs", resource), clock::shown))
        .neighbour(
            Ec2Front.SERVICE,
            new Ec2Front(
                access,
                new Subnets(subnets(), this::workers),
                resource -> blueprint.arn("ec2", resource)))
        .page(
            DashboardsFront.PATH,
            new DashboardsFront(surroundings.dashboards(), store, clock::now));
  }

  private Map<String, String> subnets() {
    Map<String, String> subnets = new LinkedHashMap<>(surroundings.subnets());
    blueprint
        .application()
        .ifPresent(
            application ->
                application
                    .createRequest()
                    .at("/networkConfiguration/subnetIds")
                    .forEach(id -> subnets.putIfAbsent(id.asText(), SOME_BLOCK)));
    return subnets;
  }

  private long workers() {
    ControlPlane service = control.get();
    return service == null
        ? 0
        : service.census().stream()
            .flatMap(application -> application.groups().stream())
            .mapToLong(WorkerGroup::total)
            .sum();
  }

  /** From now on emits the service's own metrics, each minute of the sandbox's clock. */
  void watch(ControlPlane service) {
    control.set(service);
    schedule =
        Schedule.start(
            Duration.ZERO,
            clock.real(MINUTE),
            () -> metrics.emit(clock.now(), service.census()),
            () -> {});
  }

  @Override
  public void printed(String functionLogicalId, String line) {
    String group = surroundings.logGroups().get(functionLogicalId);
    if (group != null) {
      logs.print(group, clock.now(), line);
    }
    // On the fast clock a function's own times are not ours.
    EmbeddedMetrics.read(line, clock.isFast() ? Optional.of(clock.now()) : Optional.empty(), store);
  }

  @Override
  public void invoked(String functionLogicalId, Duration took, boolean failed) {
    metrics.invoked(
        surroundings.functionNames().getOrDefault(functionLogicalId, functionLogicalId),
        clock.now(),
        took,
        failed);
  }

  /** Where functions and people find the services, by what follows {@code AWS_ENDPOINT_URL_}. */
  static Map<String, URI> endpoints(URI api, Optional<URI> s3) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    ENDPOINTS.forEach(service -> endpoints.put(service, api));
    s3.ifPresent(at -> endpoints.put("S3", at));
    return endpoints;
  }

  /** Where the pages of the template's dashboards are. */
  List<String> pages(URI api) {
    return surroundings.dashboards().keySet().stream()
        .map(name -> api + DashboardsFront.PATH + name)
        .toList();
  }

  @Override
  public void close() {
    if (schedule != null) {
      schedule.close();
    }
  }
}
