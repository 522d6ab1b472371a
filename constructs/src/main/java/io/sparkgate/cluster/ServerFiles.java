package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What the primary node fetches, as files, because the CDK only reads files. */
final class ServerFiles {

  private static final String SERVER_CLASS =
      "org/apache/spark/sql/connect/service/SparkConnectServer.class";

  private ServerFiles() {}

  /** The script of the install step. */
  static Path script() {
    return Extracted.SCRIPT;
  }

  /** What runs inside the server: who may call, what is refused, when it ends. */
  static Path plugin() {
    return Extracted.PLUGIN;
  }

  /**
   * The server of Spark 3, which Spark does not carry: a jar on the class path.
   *
   * @param given by the user, instead
   */
  static Path server(Findings findings, @Nullable Path given) {
    if (given != null) {
      findings.errorIf(
          !Files.isRegularFile(given),
          "server received %s, which is no file; name a spark-connect jar".formatted(given));
      return given;
    }
    URL found = ServerFiles.class.getClassLoader().getResource(SERVER_CLASS);
    try {
      if (found != null && found.openConnection() instanceof JarURLConnection jar) {
        Path path = Path.of(jar.getJarFileURL().toURI());
        // In a jar of jars the server is one of many things, and could not be started alone.
        if (path.getFileName().toString().startsWith("spark-connect_")) {
          return path;
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(found + " could not be read", e);
    }
    throw findings.error(
        """
        server: there is no spark-connect jar on the class path (%s); keep the dependency \
        org.apache.spark:spark-connect_2.12 that this library brings, or name a jar with \
        server(path)"""
            .formatted(found == null ? "no " + SERVER_CLASS : found));
  }

  /** Returns the SHA-256 of a file, which the script compares with what it fetched. */
  static String sha256(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Extracted {

    static final Path SCRIPT = extract("install-spark-connect.sh");
    static final Path PLUGIN = extract("sparkgate-server.jar");

    private static Path extract(String name) {
      try (InputStream content = ServerFiles.class.getResourceAsStream(name)) {
        if (content == null) {
          throw new IllegalStateException(
              name
                  + " is not in the constructs jar; build with './mvnw package', not 'compile' or"
                  + " 'test' alone");
        }
        Path directory = Files.createTempDirectory("sparkgate");
        Path file = directory.resolve(name);
        Files.copy(content, file);
        // In this order: deletion runs backwards.
        directory.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(name + " could not be written to a temp directory", e);
      }
    }
  }
}
