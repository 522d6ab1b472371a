package io.sparkgate.sandbox;

import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.emrserverless.Drivers;
import io.sparkgate.sandbox.emrserverless.JobDrivers;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.s3.S3;
import io.sparkgate.sandbox.secrets.SecretsFront;
import io.sparkgate.sandbox.spark.Jdk17;
import io.sparkgate.sandbox.spark.PythonOnDemand;
import io.sparkgate.sandbox.spark.SparkDrivers;
import io.sparkgate.sandbox.spark.TlsGateway;
import io.sparkgate.sandbox.spark.WorkerPython;
import io.sparkgate.sandbox.ssm.SsmFront;
import io.sparkgate.sandbox.sts.StsFront;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import io.sparkgate.sandbox.template.Blueprints;
import io.sparkgate.sandbox.template.StackAssets;
import io.sparkgate.sandbox.template.StackOutputs;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All parts of the sandbox, started in order and closed in the opposite one. */
final class RunningSandbox implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Console console;

  private RunningSandbox(Console console) {
    this.console = console;
  }

  static RunningSandbox start(Options options, PrintStream out) throws BadInput {
    SandboxClock clock = SandboxClock.withMinuteOf(options.minute(), Clock.systemUTC());
    boolean coloured = System.console() != null && System.getenv("NO_COLOR") == null;
    RunningSandbox sandbox =
        new RunningSandbox(new Console(out, coloured, clock, options.work().resolve("logs")));
    try {
      sandbox.start(options, clock);
      return sandbox;
    } catch (BadInput | RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private void start(Options options, SandboxClock clock) throws BadInput {
    List<String> remarks = new ArrayList<>();
    Path jdk = jdk17();
    Blueprint blueprint = Blueprints.read(options.template(), options.environment(), remarks::add);
    WorkFolder folder = open(WorkFolder.take(options.work()));
    Path work = folder.directory();
    TemplateAccess access = new TemplateAccess(blueprint);
    List<Persona> signedIn = new Personas(blueprint, access).signIn(remarks::add);

    WorkerPython python = python(work);
    if (python.isMissing()) {
      remarks.add(
          "Python functions will fail: %s; %s".formatted(python.shown(), WorkerPython.REMEDY));
    }
    S3 s3 = open(s3(work, options, blueprint, access, remarks));
    s3.start();
    List<Persona> people = admitted(signedIn, s3);
    SparkDrivers spark = new SparkDrivers(work, jdk, options.memory(), python);
    Drivers drivers = open(new S3Drivers(spark, access, s3));
    JobDrivers jobs =
        open(new S3Jobs(spark.jobs(), access, s3, blueprint.region(), console::remark));
    ApplicationCatalogs catalogs = ApplicationCatalogs.of(blueprint);
    remarks.addAll(catalogs.remarks());
    Optional<SandboxCluster> cluster = SandboxCluster.of(blueprint, access, s3, console);
    if (cluster.isPresent()) {
      open(cluster.get()).prepare(options, jdk, python, clock);
    }
    Telemetry telemetry = open(new Telemetry(options, blueprint, clock, work, console::remark));
    ControlPlane control =
        open(controlPlane(options, clock, blueprint, access, drivers, jobs, cluster, telemetry));
    telemetry.watch(control);
    folder.listensOn(control.uri().getPort());
    TlsGateway gateway = open(gateway(work, blueprint, control, cluster));
    if (blueprint.application().isPresent()) {
      create(blueprint.application().get(), control);
    }
    List<RunningFunction> functions = new ArrayList<>();
    for (ScheduledFunction function : blueprint.functions()) {
      functions.add(
          open(
              new RunningFunction(
                  function,
                  blueprint,
                  credentials(function.name(), people),
                  control.uri(),
                  () -> Telemetry.endpoints(control.uri(), Optional.of(s3.endpoint())),
                  telemetry,
                  work,
                  console)));
    }

    EnvironmentFile files =
        new EnvironmentFile(
            blueprint,
            control.uri(),
            Telemetry.endpoints(control.uri(), s3Endpoint(s3, remarks)),
            gateway.proxyPort(),
            gateway.certificate(),
            cluster.flatMap(SandboxCluster::clients),
            cluster.flatMap(SandboxCluster::programs),
            StackOutputs.read(
                options.template(),
                options.environment(),
                List.copyOf(EnvironmentFile.SAMPLE.keySet())));
    Welcome welcome =
        new Welcome(
            blueprint, options, control.uri(), telemetry.pages(control.uri()), jdk, python.shown());
    console.plain(welcome.text(write(files, people, work)));
    remarks.forEach(console::remark);
    catalogs.prepare(spark, console::remark);
    cluster.ifPresent(SandboxCluster::start);
    for (RunningFunction function : functions) {
      // The most frequent one at once. The others' JVMs would only delay the first session.
      function.start(clock, function == functions.get(0));
    }
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        // The others still have to be closed.
        console.remark("could not be stopped in order: " + e);
      }
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    parts.push(part);
    return part;
  }

  private static void create(Blueprint.Application application, ControlPlane control)
      throws BadInput {
    try {
      control.createApplication(application.id(), application.createRequest());
    } catch (IllegalArgumentException e) {
      throw new BadInput("the service would refuse the template's application: " + e.getMessage());
    }
  }

  /** One that has PySpark, or one that will have it. */
  private WorkerPython python(Path work) throws BadInput {
    Optional<WorkerPython> found = WorkerPython.find();
    try {
      return found.isPresent()
          ? found.get()
          : open(PythonOnDemand.in(work, console::remark)).python();
    } catch (IOException e) {
      throw new BadInput("--work %s cannot be written to: %s".formatted(work, e));
    }
  }

  private static Path jdk17() throws BadInput {
    try {
      return Jdk17.find();
    } catch (IllegalStateException e) {
      throw new BadInput(e.getMessage());
    }
  }

  private ControlPlane controlPlane(
      Options options,
      SandboxClock clock,
      Blueprint blueprint,
      TemplateAccess access,
      Drivers drivers,
      JobDrivers jobs,
      Optional<SandboxCluster> cluster,
      Telemetry telemetry)
      throws BadInput {
    try {
      ControlPlane.Builder builder = ControlPlane.Builder.create(access, drivers);
      telemetry.addTo(builder, access);
      return builder
          .account(blueprint.account())
          .region(blueprint.region())
          .port(options.port())
          .clock(clock)
          .narrator(console)
          .jobDrivers(jobs)
          .neighbour(StsFront.SERVICE, new StsFront(access.keys(), access::role, clock::realEnd))
          .neighbour(
              SsmFront.SERVICE,
              new SsmFront(
                  access,
                  blueprint.parameters(),
                  blueprint::parameterArn,
                  cluster.flatMap(SandboxCluster::tunnels)))
          .neighbour(
              SecretsFront.SERVICE,
              new SecretsFront(access, cluster.map(SandboxCluster::secrets).orElse(Map.of())))
          .start();
    } catch (BindException e) {
      throw new BadInput(
          "port %d is taken; stop what listens there, or choose another with --port (0 for a free one)"
              .formatted(options.port()));
    } catch (IOException e) {
      throw new BadInput("the API cannot listen on port %d: %s".formatted(options.port(), e));
    }
  }

  private S3 s3(
      Path work, Options options, Blueprint blueprint, TemplateAccess access, List<String> remarks)
      throws BadInput {
    Path folder = work.resolve("s3");
    Map<String, Path> assets = StackAssets.read(options.template(), options.environment());
    try {
      Buckets buckets = Buckets.of(blueprint);
      buckets.make(folder);
      new Assets(blueprint, access).place(assets, folder);
      ApplicationCatalogs.of(blueprint).makeTableBuckets(folder);
      for (String export : buckets.elsewhere()) {
        remarks.add(
            "sessions are granted %s, which another stack exports; what bucket that is, the template does not say, so they are denied it: import the bucket by its name to try it"
                .formatted(export));
      }
    } catch (IOException e) {
      throw new BadInput("--work %s cannot be written to: %s".formatted(work, e));
    }
    return new S3(
        folder,
        access,
        blueprint.account(),
        ApplicationCatalogs.of(blueprint).tableBuckets(),
        denial -> console.remark("S3: " + denial));
  }

  /** Those in a role have its key at S3 too; who assumes one gets that with the role. */
  private static List<Persona> admitted(List<Persona> people, S3 s3) {
    return people.stream().map(person -> person.with(s3.admit(person.credentials()))).toList();
  }

  /** A function and its persona have one key, which S3 admits once. */
  private static Credentials credentials(String function, List<Persona> people) {
    return people.stream()
        .filter(person -> person.name().equals(function))
        .findFirst()
        .orElseThrow()
        .credentials();
  }

  private static Optional<URI> s3Endpoint(S3 s3, List<String> remarks) {
    try {
      return Optional.of(s3.endpoint());
    } catch (IllegalStateException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static TlsGateway gateway(
      Path work, Blueprint blueprint, ControlPlane control, Optional<SandboxCluster> cluster)
      throws BadInput {
    try {
      return TlsGateway.start(
          0, work, blueprint.region(), control.routes(), cluster.flatMap(SandboxCluster::door));
    } catch (IOException e) {
      throw new BadInput("the TLS front cannot start: %s".formatted(e.getMessage()));
    }
  }

  private static List<Path> write(EnvironmentFile files, List<Persona> people, Path work)
      throws BadInput {
    List<Path> written = new ArrayList<>();
    try {
      for (Persona persona : people) {
        written.add(files.write(persona, work));
      }
    } catch (IOException e) {
      throw new BadInput("--work %s cannot be written to: %s".formatted(work, e));
    }
    return written;
  }
}
