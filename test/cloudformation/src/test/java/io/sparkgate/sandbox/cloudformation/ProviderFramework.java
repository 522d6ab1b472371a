package io.sparkgate.sandbox.cloudformation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The CDK's own code of its provider framework, out of the npm package in its jar. */
final class ProviderFramework {

  static final Path CODE = unpack(Path.of("target/provider-framework").toAbsolutePath());

  private ProviderFramework() {}

  private static Path unpack(Path directory) {
    String npm = "aws-cdk-lib@" + System.getProperty("cdk.version") + ".jsii.tgz";
    String code = "package/custom-resources/lib/provider-framework/runtime";
    try (InputStream packed =
        ProviderFramework.class.getResourceAsStream("/software/amazon/awscdk/" + npm)) {
      Process tar =
          new ProcessBuilder("tar", "-xz", "--strip-components=5", code)
              .directory(Files.createDirectories(directory).toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (OutputStream input = tar.getOutputStream()) {
        Objects.requireNonNull(packed, npm).transferTo(input);
      }
      if (tar.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("tar cannot read " + npm);
      }
      return directory;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
