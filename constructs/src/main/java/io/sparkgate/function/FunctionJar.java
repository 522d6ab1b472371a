package io.sparkgate.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

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

  /**
   * Starts one of the functions: its code, the runtime it is built for, and the memory it was
   * measured with.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param handler the name of the class
   * @return a builder that lacks what is the function's own
   */
  public static Function.Builder function(Construct scope, String id, String handler) {
    return Function.Builder.create(scope, id)
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .memorySize(512)
        .code(code())
        .handler(handler);
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
