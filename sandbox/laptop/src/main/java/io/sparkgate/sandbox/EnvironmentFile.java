package io.sparkgate.sandbox;

import io.sparkgate.sandbox.template.Blueprint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a persona sources in a shell so that ordinary clients find the sandbox. */
record EnvironmentFile(Blueprint blueprint, URI api, int proxyPort, Path certificate) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  Path write(Persona persona, Path directory) throws IOException {
    Path file = directory.resolve(persona.name() + ".env");
    StringBuilder text = new StringBuilder();
    text.append("# ").append(persona.name()).append(" of ").append(blueprint.stack());
    text.append("; source it:  . ").append(file).append('\n');
    variables(persona)
        .forEach(
            (name, value) ->
                text.append("export ").append(name).append('=').append(quoted(value)).append('\n'));
    // They would win over the key above.
    text.append("unset AWS_PROFILE AWS_SESSION_TOKEN\n");
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    return Files.writeString(file, text);
  }

  private Map<String, String> variables(Persona persona) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("AWS_ENDPOINT_URL_EMR_SERVERLESS", api.toString());
    all.put("AWS_ACCESS_KEY_ID", persona.credentials().accessKeyId());
    all.put("AWS_SECRET_ACCESS_KEY", persona.credentials().secretAccessKey());
    all.put("AWS_REGION", blueprint.region());
    all.put("AWS_DEFAULT_REGION", blueprint.region());
    all.put("SPARKGATE_APPLICATION_ID", blueprint.application().id());
    all.put("SPARKGATE_EXECUTION_ROLE_ARN", blueprint.executionRoleArn());
    all.put("SPARKGATE_OWNER_TAG", persona.owner().key());
    all.put("SPARKGATE_OWNER", persona.owner().value());
    all.put("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", certificate.toString());
    // Read by gRPC only: it leads https://<session>:443 to the sandbox without DNS or root.
    all.put("grpc_proxy", "http://127.0.0.1:" + proxyPort);
    return all;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
