package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.iam.AccessControl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The service: its API over HTTP, its states and its timers. Closing it asks all sessions and job
 * runs to end; the drivers are closed by who made them, after it.
 */
public final class ControlPlane implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ControlPlane.class.getName());

  private static final int TICK_LIMIT_SECONDS = 60;

  private final Estate estate = new Estate();
  private final SandboxClock clock;
  private final Arns arns;
  private final Tokens tokens;
  private final Timers timers;
  private final PoolMeter pools;
  private final ServiceEvents events;
  private final ApplicationOperations applications;
  private final JobRunOperations jobRuns;
  private final HttpFront front;
  private final ScheduledExecutorService scheduler;

  private ControlPlane(Builder builder) throws IOException {
    clock = builder.clock;
    arns = new Arns(builder.account, builder.region);
    events = new ServiceEvents(estate, arns, clock, builder.events);
    Narrator narrator =
        new Narrators(List.of(builder.narrator, new Bookkeeper(estate, builder.ledger), events));
    pools = new PoolMeter(estate, builder.ledger, Present.of(clock).now());
    tokens = new Tokens(estate, clock, narrator);
    Views views = new Views(estate, arns);
    ApplicationRunner starter = new ApplicationRunner(narrator);
    SessionRunner runner = new SessionRunner(estate, clock, builder.drivers, narrator);
    JobRunner jobs = new JobRunner(estate, clock, builder.jobDrivers, narrator);
    timers = new Timers(estate, clock, starter, runner, jobs, tokens);
    jobRuns = new JobRunOperations(estate, arns, starter, jobs);
    applications = new ApplicationOperations(estate, arns, views, starter, runner);
    Service service =
        new Service(
            estate,
            clock,
            new Throttle(builder.rates, clock.real()),
            new Authorization(builder.access, estate, arns),
            applications,
            new StartSession(estate, arns, starter, runner),
            new SessionOperations(estate, arns, views, runner, tokens),
            jobRuns,
            new TagOperations(estate, arns));
    front = new HttpFront(service, builder.port, builder.neighbours, builder.pages);
    scheduler = Executors.newSingleThreadScheduledExecutor(ControlPlane::timerThread);
    if (!builder.tick.isZero()) {
      long millis = builder.tick.toMillis();
      scheduler.scheduleWithFixedDelay(this::tickSafely, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Where the API is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + boundTo().getPort());
  }

  /** The account in ARNs. */
  public String account() {
    return arns.account();
  }

  /** The Region in ARNs. */
  public String region() {
    return arns.region();
  }

  InetSocketAddress boundTo() {
    return front.address();
  }

  /** What the gateway asks where a token leads. */
  public Gateway.Routes routes() {
    return tokens;
  }

  /**
   * Creates an application with a given id, as CreateApplication would.
   *
   * @param request of CreateApplication; it needs no client token
   * @throws IllegalArgumentException if the service would refuse it
   */
  public void createApplication(String id, JsonNode request) {
    if (!(request.deepCopy() instanceof ObjectNode input)) {
      throw new IllegalArgumentException("The request is not an object: " + request);
    }
    input.put("clientToken", id);
    try {
      Input.validate(Model.OPERATIONS.get("CreateApplication"), input);
      synchronized (estate) {
        applications.create(id, input, Present.of(clock));
      }
    } catch (Fault e) {
      throw new IllegalArgumentException("Application " + id + ": " + e.getMessage(), e);
    }
  }

  /** The applications at this moment, as the service's own metrics see them. */
  public List<Census> census() {
    synchronized (estate) {
      return estate.applications().stream().map(Workers::census).toList();
    }
  }

  /** Does what is due by the clock. It does so by itself, unless it has no timer. */
  public void tick() {
    timers.tick();
    synchronized (estate) {
      Instant now = Present.of(clock).now();
      pools.tick(now);
      events.tick(now);
    }
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException e) {
      // Thrown on, it would end all ticking.
      LOG.log(System.Logger.Level.ERROR, "A timer failed", e);
    }
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "control-plane-timers");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    front.close();
    scheduler.shutdownNow();
    try {
      scheduler.awaitTermination(TICK_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (estate) {
      applications.close();
      jobRuns.close();
      pools.close(Present.of(clock).now());
    }
  }

  /** Settings of a control plane, with defaults that suit a laptop. */
  public static final class Builder {

    private final AccessControl access;
    private final Drivers drivers;
    private JobDrivers jobDrivers = new EndlessJobs();
    private String account = "111122223333";
    private String region = "us-east-1";
    private int port = 0;
    private SandboxClock clock = SandboxClock.withMinuteOf(60, Clock.systemUTC());
    private Narrator narrator = Narrator.SILENT;
    private Ledger ledger = Ledger.inMemory();
    private Consumer<JsonNode> events = event -> {};
    private Map<String, Rate> rates = Map.of();
    private final Map<String, HttpHandler> neighbours = new HashMap<>();
    private final Map<String, HttpHandler> pages = new HashMap<>();
    private Duration tick = Duration.ofMillis(250);

    private Builder(AccessControl access, Drivers drivers) {
      this.access = access;
      this.drivers = drivers;
    }

    public static Builder create(AccessControl access, Drivers drivers) {
      return new Builder(access, drivers);
    }

    /** What job runs run on; by default they run nothing, until they are cancelled. */
    public Builder jobDrivers(JobDrivers jobDrivers) {
      this.jobDrivers = jobDrivers;
      return this;
    }

    /** The account in ARNs; 111122223333 by default. */
    public Builder account(String account) {
      this.account = account;
      return this;
    }

    /** The Region in ARNs and endpoints; us-east-1 by default. */
    public Builder region(String region) {
      this.region = region;
      return this;
    }

    /** The port on the loopback address; a free one by default. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** The time that timeouts go by; the real time by default. */
    public Builder clock(SandboxClock clock) {
      this.clock = clock;
      return this;
    }

    /** Who is told of what happens; nobody by default. */
    public Builder narrator(Narrator narrator) {
      this.narrator = narrator;
      return this;
    }

    /** Where the service writes what it would bill; nowhere by default. */
    public Builder ledger(Ledger ledger) {
      this.ledger = ledger;
      return this;
    }

    /** Who receives the service's own events, whole; nobody by default. It must be quick. */
    public Builder events(Consumer<JsonNode> events) {
      this.events = events;
      return this;
    }

    /** Limits by operation, for example {@link Rate#ofService()}; none by default. */
    public Builder rates(Map<String, Rate> rates) {
      this.rates = Map.copyOf(rates);
      return this;
    }

    /**
     * Another service on the same port; none by default.
     *
     * @param service the name that requests to it are signed for, for example {@code sts}
     */
    public Builder neighbour(String service, HttpHandler handler) {
      neighbours.put(service, handler);
      return this;
    }

    /**
     * A page for browsers on the same port; none by default.
     *
     * @param path what its paths begin with
     */
    public Builder page(String path, HttpHandler handler) {
      pages.put(path, handler);
      return this;
    }

    /** Leaves {@link ControlPlane#tick ticking} to who has the clock in hand. */
    public Builder withoutTimer() {
      this.tick = Duration.ZERO;
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port is taken
     */
    public ControlPlane start() throws IOException {
      return new ControlPlane(this);
    }
  }
}
