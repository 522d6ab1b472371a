package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A virtual environment in a folder of its own. Each attempt has a directory of its own, and what
 * counts is the one that {@code installed} names, which is written last.
 */
final class PythonEnvironment implements AutoCloseable {
  private static final String PREFIX = "environment-";

  private final Path folder;
  private final Path log;
  private final Path installed;
  private final Requirements requirements;
  private final Consumer<String> news;

  // Of those who install, one after the other.
  private @Nullable Path ready;

  // Guarded by this.
  private @Nullable Process running;
  private boolean closed;

  private final Object oneAtATime = new Object();

  PythonEnvironment(Path folder, Requirements requirements, Consumer<String> news) {
    this.folder = folder;
    this.log = folder.resolve("install.log");
    this.installed = folder.resolve("installed");
    this.requirements = requirements;
    this.news = news;
  }

  /** Why there is no environment, in a sentence for the person who runs a function. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /** Its Python, if it is there, whole, and has these requirements. */
  Optional<Interpreter> installed() {
    try {
      String[] pathAndSet = Files.readString(installed).split("\n", 2);
      return pathAndSet.length == 2 && pathAndSet[1].equals(requirements.constraints())
          ? Interpreter.ask(pathAndSet[0]).filter(Interpreter::runsFunctions)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Not there.
    }
  }

  /** Its Python, after an installation if there was none yet. */
  Path install(Interpreter base) throws Failed {
    synchronized (oneAtATime) {
      Path python = ready;
      if (python == null) {
        Instant start = Instant.now();
        news.accept(
            "installing %s for functions and scripts, with %s into %s; may take minutes (log: %s)"
                .formatted(requirements, base.executable(), folder, log));
        try {
          python = make(base);
        } catch (Failed e) {
          news.accept(e.getMessage());
          throw e;
        } catch (IOException e) {
          throw failed("its files cannot be written: " + e);
        }
        news.accept(
            "installed after %d s; Python runs"
                .formatted(Duration.between(start, Instant.now()).toSeconds()));
        ready = python;
      }
      return python;
    }
  }

  private Path make(Interpreter base) throws IOException, Failed {
    clear();
    Path directory = Files.createTempDirectory(folder, PREFIX);
    Path constraints = folder.resolve("constraints.txt");
    Files.writeString(constraints, requirements.constraints());
    Files.deleteIfExists(log);
    run(List.of(base.executable(), "-m", "venv", directory.toString()));
    Path python = directory.resolve("bin").resolve("python");
    var pip = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--no-input"));
    pip.addAll(List.of("--disable-pip-version-check", "-c", constraints.toString()));
    pip.add(Requirements.PACKAGES);
    run(pip);
    Interpreter.ask(python.toString())
        .filter(Interpreter::runsFunctions)
        .orElseThrow(() -> failed(python + " has no PySpark 3.5"));
    Path written = folder.resolve("installed.new");
    Files.writeString(written, python + "\n" + requirements.constraints());
    Files.move(written, installed, StandardCopyOption.REPLACE_EXISTING);
    return python;
  }

  /**
   * Removes what earlier attempts left; that of a sandbox which was killed may still be at work.
   */
  private void clear() throws IOException {
    Files.deleteIfExists(installed);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path old : entries.filter(PythonEnvironment::isAttempt).toList()) {
        Directories.delete(old);
      }
    }
  }

  private static boolean isAttempt(Path entry) {
    return entry.getFileName().toString().startsWith(PREFIX);
  }

  private void run(List<String> command) throws IOException, Failed {
    Files.writeString(
        log,
        "$ " + String.join(" ", command) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Process process = start(command);
    try {
      if (process.waitFor() != 0) {
        throw failed("'%s' said: %s".formatted(shortened(command), lastWords()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the sandbox stops");
    } finally {
      end(process);
    }
  }

  private synchronized Process start(List<String> command) throws IOException, Failed {
    if (closed) {
      throw failed("the sandbox stops");
    }
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().remove("PYTHONPATH"); // Of another Python's packages.
    running = builder.start();
    running.getOutputStream().close();
    return running;
  }

  private static String shortened(List<String> command) {
    return "python " + String.join(" ", command.subList(1, Math.min(4, command.size())));
  }

  /** The last error of pip's, or the last line that says anything. */
  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("ERROR"))
        .reduce((one, other) -> other)
        .orElse(lines.get(lines.size() - 1));
  }

  private Failed failed(String why) {
    return new Failed(
        "Python functions cannot run, because PySpark could not be installed on the machine of"
            + " the sandbox: %s (log: %s)".formatted(why, log));
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (running != null) {
      end(running);
    }
  }
}
