package io.sparkgate.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;

/** The jar of the functions, handed to the CDK as a file because it only reads files. */
public final class FunctionJar {

  private FunctionJar() {}

  /**
   * Returns the code of the functions.
   *
   * @return an asset whose hash changes only when the functions do
   * @throws IllegalStateException if this library was built without its functions
   */
  public static Code code() {
    return Code.fromAsset(Extracted.PATH.toString());
  }

  private static final class Extracted {

    static final Path PATH = extract();

    private static Path extract() {
      try (var jar = FunctionJar.class.getResourceAsStream("functions.jar")) {
        if (jar == null) {
          throw new IllegalStateException(
              "functions.jar is not in the constructs jar; build with './mvnw package', not"
                  + " 'compile' or 'test' alone");
        }
        Path directory = Files.createTempDirectory("sparkgate");
        Path file = directory.resolve("functions.jar");
        Files.copy(jar, file);
        // In this order: deletion runs backwards.
        directory.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException("functions.jar could not be written to a temp directory", e);
      }
    }
  }
}
