package io.sparkgate.sandbox;

import io.sparkgate.sandbox.spark.ClientCertificates;
import io.sparkgate.sandbox.spark.PrivateFiles;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Application;
import io.sparkgate.sandbox.template.Contract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a persona sources in a shell so that ordinary clients find the sandbox.
 *
 * @param endpoints of the services beside the API, by what follows {@code AWS_ENDPOINT_URL_}
 * @param clients the certificates that a cluster asks for, if it does
 * @param programs a folder of programs that a person needs, if there are any
 * @param outputs those of the stack that are in {@link #SAMPLE}
 */
record EnvironmentFile(
    Blueprint blueprint,
    URI api,
    Map<String, URI> endpoints,
    int proxyPort,
    Path certificate,
    Optional<ClientCertificates> clients,
    Optional<Path> programs,
    Map<String, String> outputs) {

  /** What the stack tells of the job that one may try, and the variables that say the same. */
  static final Map<String, String> SAMPLE =
      Map.of(
          "WordCountEntryPoint", "SPARKGATE_WORD_COUNT_ENTRY_POINT",
          "WordCountInput", "SPARKGATE_WORD_COUNT_INPUT",
          "WordCountOutput", "SPARKGATE_WORD_COUNT_OUTPUT");

  /** How the stack of an environment is named where the template has no contract. */
  private static final String STACK = "^SparkConnect-";

  /**
   * What stands for somebody who is in a role. Others have their keys in a file, where the profile
   * that assumes the role finds them, and learn the rest from SSM as on AWS.
   */
  private static final Pattern OF_A_ROLE = Pattern.compile("SPARKGATE_(?!ENVIRONMENT)|AWS_.*KEY");

  private static final String CERTIFICATE = "SPARKGATE_CLIENT_CERTIFICATE";
  private static final String KEY = "SPARKGATE_CLIENT_KEY";

  private static final List<String> OF_OTHERS =
      List.of(
          "AWS_PROFILE",
          "AWS_SESSION_TOKEN",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          CERTIFICATE,
          KEY);

  Path write(Persona persona, Path directory) throws IOException {
    Path file = directory.resolve(persona.name() + ".env");
    StringBuilder text = new StringBuilder();
    text.append("# ").append(persona.name()).append(" of ").append(blueprint.stack());
    text.append("; source it:  . ").append(file).append('\n');
    // What another persona's file may have set, or would win over what this one sets.
    StringBuilder unset = new StringBuilder("unset");
    Map<String, String> all = variables(persona, directory);
    OF_OTHERS.forEach(name -> all.putIfAbsent(name, ""));
    for (Map.Entry<String, String> variable : all.entrySet()) {
      String name = variable.getKey();
      if (variable.getValue().isEmpty()) {
        unset.append(' ').append(name);
      } else {
        text.append("export ").append(name).append('=').append(quoted(variable.getValue()));
        text.append('\n');
      }
    }
    programs.ifPresent(
        folder ->
            text.append(
                "case \":$PATH:\" in *:'%1$s':*) ;; *) PATH='%1$s':$PATH ;; esac; export PATH%n"
                    .formatted(folder)));
    return PrivateFiles.write(file, text.append(unset).append('\n'));
  }

  /** Those that must not be set are empty. */
  private Map<String, String> variables(Persona persona, Path directory) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (String service : List.of("EMR_SERVERLESS", "STS", "SSM", "SECRETS_MANAGER")) {
      all.put("AWS_ENDPOINT_URL_" + service, api.toString());
    }
    endpoints.forEach((service, at) -> all.put("AWS_ENDPOINT_URL_" + service, at.toString()));
    all.put("AWS_REGION", blueprint.region());
    all.put("AWS_DEFAULT_REGION", blueprint.region());
    all.put("AWS_ACCESS_KEY_ID", persona.credentials().accessKeyId());
    all.put("AWS_SECRET_ACCESS_KEY", persona.credentials().secretAccessKey());
    all.putAll(
        blueprint.application().map(one -> contract(persona, one)).orElseGet(this::ofCluster));
    if (!persona.roleToAssume().isEmpty()) {
      all.replaceAll((name, value) -> OF_A_ROLE.matcher(name).lookingAt() ? "" : value);
      ProfileFiles files = ProfileFiles.in(directory.resolve(persona.name() + ".aws"));
      files.write(persona, blueprint.region());
      all.putAll(files.variables());
    }
    all.put("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", certificate.toString());
    if (clients.isPresent() && Users.NAMES.contains(persona.name())) {
      all.put(CERTIFICATE, clients.get().certificate(persona.name()).toString());
      all.put(KEY, clients.get().key(persona.name()).toString());
    }
    // Read by gRPC only: it leads https://<session>:443 to the sandbox without DNS or root.
    all.put("grpc_proxy", "http://127.0.0.1:" + proxyPort);
    return all;
  }

  private Map<String, String> ofCluster() {
    return Map.of(
        "SPARKGATE_ENVIRONMENT",
        Contract.ofCluster(blueprint)
            .map(Contract::environment)
            .orElse(blueprint.stack().replaceFirst(STACK, "")));
  }

  private Map<String, String> contract(Persona persona, Application application) {
    Optional<Contract> contract = Contract.of(blueprint);
    Map<String, String> values = contract.map(Contract::values).orElse(Map.of());
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "SPARKGATE_ENVIRONMENT",
        contract.map(Contract::environment).orElse(blueprint.stack().replaceFirst(STACK, "")));
    all.put("SPARKGATE_APPLICATION_ID", application.id());
    all.put("SPARKGATE_EXECUTION_ROLE_ARN", blueprint.executionRoleArn());
    all.put("SPARKGATE_OWNER_TAG", persona.owner().key());
    all.put("SPARKGATE_OWNER", persona.owner().value());
    all.put("SPARKGATE_RELEASE_LABEL", application.createRequest().path("releaseLabel").asText());
    all.put("SPARKGATE_SPARK_VERSION", values.getOrDefault("spark-version", ""));
    all.put("SPARKGATE_PYSPARK", values.getOrDefault("pyspark", ""));
    all.put("SPARKGATE_PYTHON_VERSION", values.getOrDefault("python-version", ""));
    outputs.forEach((name, value) -> all.put(SAMPLE.getOrDefault(name, name), value));
    return all;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
