package io.sparkgate.sandbox.spark;

import com.sun.net.httpserver.HttpExchange;
import io.sparkgate.sandbox.http.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Python with PySpark below the work directory, which is installed when the first of people's
 * functions asks for it: what drivers run for Python is a script that asks here, waits, and then
 * becomes that Python. An environment that a killed sandbox left half made is never used.
 */
public final class PythonOnDemand implements AutoCloseable {
  /** The workers of emr-7.13.0 run 3.11; functions need that minor version in the client too. */
  private static final List<String> NAMES =
      List.of("python3.11", "python3.10", "python3", "python");

  private static final String PATH = "/python";

  private final PythonEnvironment environment;
  private final WorkerPython python;
  private final Optional<LoopbackServer> server;

  private PythonOnDemand(
      PythonEnvironment environment, WorkerPython python, Optional<LoopbackServer> server) {
    this.environment = environment;
    this.python = python;
    this.server = server;
  }

  /**
   * Looks whether it is installed, and installs nothing yet.
   *
   * @param workDirectory has it in {@code python}
   * @param news is told of an installation that begins or ends
   */
  public static PythonOnDemand in(Path workDirectory, Consumer<String> news) throws IOException {
    return in(workDirectory, System.getenv(), news);
  }

  static PythonOnDemand in(Path workDirectory, Map<String, String> variables, Consumer<String> news)
      throws IOException {
    Path folder = Files.createDirectories(workDirectory.toAbsolutePath().resolve("python"));
    var environment = new PythonEnvironment(folder, Requirements.read(), news);
    Optional<Interpreter> installed = environment.installed();
    if (installed.isPresent()) {
      return new PythonOnDemand(environment, WorkerPython.of(installed.get()), Optional.empty());
    }
    List<Interpreter> found =
        Interpreter.all(variables, NAMES)
            .filter(Interpreter::suits)
            .sorted(Comparator.comparing(Interpreter::version).reversed())
            .toList();
    Optional<Interpreter> base = found.stream().filter(Interpreter::makesEnvironments).findFirst();
    if (base.isEmpty()) {
      return new PythonOnDemand(environment, WorkerPython.none(whyNone(found)), Optional.empty());
    }
    LoopbackServer server =
        LoopbackServer.start(
            "python", 0, PATH, exchange -> answer(exchange, environment, base.get()));
    Path script = script(folder, base.get(), server.address().getPort());
    String shown =
        "%s of %s; PySpark 3.5.6 is installed for it when a function or script first runs"
            .formatted(base.get().version(), base.get().executable());
    return new PythonOnDemand(
        environment, new WorkerPython(script.toString(), shown), Optional.of(server));
  }

  private static String whyNone(List<Interpreter> found) {
    return found.isEmpty()
        ? "no Python 3.11 or 3.10 was found"
        : "%s cannot make environments (on Debian and Ubuntu, install python%s-venv)"
            .formatted(found.get(0).executable(), found.get(0).version());
  }

  private static Path script(Path folder, Interpreter base, int port) throws IOException {
    Path script = folder.resolve("python");
    try (InputStream text = PythonOnDemand.class.getResourceAsStream("python-on-demand.sh")) {
      Files.writeString(
          script,
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@PYTHON@", base.executable().replace("'", "'\\''"))
              .replace("@PORT@", Integer.toString(port)));
    }
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    return script;
  }

  /** A path, or with status 500 a sentence. */
  private static void answer(HttpExchange exchange, PythonEnvironment environment, Interpreter base)
      throws IOException {
    try (exchange) {
      int status = 200;
      String text;
      try {
        text = environment.install(base).toString();
      } catch (PythonEnvironment.Failed e) {
        status = 500;
        text = e.getMessage();
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What drivers run. */
  public WorkerPython python() {
    return python;
  }

  /** Ends an installation that is under way. */
  @Override
  public void close() {
    environment.close();
    server.ifPresent(LoopbackServer::close);
  }
}
