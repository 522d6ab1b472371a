package io.sparkgate.sandbox;

import io.sparkgate.sandbox.spark.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The files that AWS's tools read from {@code ~/.aws}, for a person with a key of its own: without
 * a profile it is that person, with the profile {@code spark} it is in its role, as the README has
 * it, and with the profile {@code submitter} in that of submitters, if there is one.
 */
record ProfileFiles(Path config, Path credentials) {

  static ProfileFiles in(Path directory) {
    return new ProfileFiles(directory.resolve("config"), directory.resolve("credentials"));
  }

  void write(Persona persona, String region) throws IOException {
    Files.createDirectories(config.toAbsolutePath().getParent());
    PrivateFiles.write(
        config,
        """
        [default]
        region = %s
        """
                .formatted(region)
            + profile("spark", persona.roleToAssume(), persona.name(), region)
            + profile("submitter", persona.roleToSubmit(), persona.name(), region));
    PrivateFiles.write(
        credentials,
        """
        [default]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
            .formatted(
                persona.credentials().accessKeyId(), persona.credentials().secretAccessKey()));
  }

  private static String profile(String name, String role, String session, String region) {
    return role.isEmpty()
        ? ""
        : """

        [profile %s]
        role_arn = %s
        role_session_name = %s
        source_profile = default
        region = %s
        """
            .formatted(name, role, session, region);
  }

  /** What makes AWS's tools read them instead of the user's own. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_CONFIG_FILE",
        config.toString(),
        "AWS_SHARED_CREDENTIALS_FILE",
        credentials.toString());
  }
}
