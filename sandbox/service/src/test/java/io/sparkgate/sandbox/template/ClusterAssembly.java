package io.sparkgate.sandbox.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A stack of a cluster and no application, behind a token or mutual TLS, with empty assets. */
public final class ClusterAssembly {

  public static final String TEMPLATE = "SparkConnect-dev-cluster.template.json";

  private final Path directory;

  private ClusterAssembly(Path directory) {
    this.directory = directory;
  }

  /** With a token. */
  public static ClusterAssembly in(Path directory) throws IOException {
    Path original = Resources.assembly().resolveSibling("cluster");
    for (String name : List.of(TEMPLATE, "manifest.json")) {
      Files.copy(original.resolve(name), directory.resolve(name));
    }
    for (String asset : List.of("script.sh", "server.jar", "inside.jar")) {
      Files.createFile(directory.resolve("asset." + asset));
    }
    return new ClusterAssembly(directory);
  }

  /** With mutual TLS instead of a token. */
  public ClusterAssembly mutualTls() throws IOException {
    return with(
            "\"Protocol\": \"HTTPS\",",
            "\"Protocol\": \"HTTPS\", \"MutualAuthentication\": {\"Mode\": \"verify\"},")
        .with("\"Value\": \"token\"", "\"Value\": \"mutual-tls\"")
        .with("\"--secret\",", "\"--wait\",")
        .with("\"Ref\": \"Token\"\n      }\n     ]", "\"Fn::Sub\": \"600\"\n      }\n     ]");
  }

  /** With something else in place of a text that the template has. */
  public ClusterAssembly with(String text, String instead) throws IOException {
    Path template = directory.resolve(TEMPLATE);
    String before = Files.readString(template);
    String after = before.replace(text, instead);
    if (before.equals(after)) {
      throw new IllegalArgumentException("the template has no " + text);
    }
    Files.writeString(template, after);
    return this;
  }

  public Path directory() {
    return directory;
  }

  /** What it says. */
  public Blueprint read(Consumer<String> remarks) throws BadInput {
    return Blueprints.read(directory, Optional.empty(), remarks);
  }
}
