package io.sparkgate.benchmark.start;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build leaves what is measured. */
final class Built {

  private final Path target;

  Built() throws IOException {
    try {
      // The jar of the benchmark, or the directory of its classes; both lie in target.
      Path code = Path.of(Built.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      target = code.toAbsolutePath().getParent();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** The directory of AWS's runtime interface client and what it needs. */
  Path runtime() throws IOException {
    return existing("../../../sandbox/service/target/lambda-runtime");
  }

  Path functionsJar() throws IOException {
    return existing("../../../lambda/target/functions.jar");
  }

  /** The directory of the naive reaper and what it needs. */
  Path naive() throws IOException {
    return existing("../naive/target/lib");
  }

  /** The directory of the reaper in Python. */
  Path boto3() throws IOException {
    return existing("../boto3");
  }

  private Path existing(String path) throws IOException {
    Path file = target.resolve(path).normalize();
    if (!Files.exists(file)) {
      throw new IOException(
          "%s is not there; build with './mvnw -pl test/benchmark -am package'".formatted(file));
    }
    return file;
  }
}
