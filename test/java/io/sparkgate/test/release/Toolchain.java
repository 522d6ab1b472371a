package io.sparkgate.test.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for Maven, Python and the JDK: writes what they write, at once, and what they were
 * asked.
 */
record Toolchain(Checkout checkout, Path temporary, Path asked) {

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "mvnw $*" >>"$ASKED"
      case "$*" in *deploy-file*) exit "${DEPLOYED:-0}" ;; esac
      [ "${BUILT:-0}" = 0 ] || exit "$BUILT"
      if [ -n "${HANGS:-}" ]; then (echo $$ >"$HANGS"; exec tail -f /dev/null); fi
      version=$(echo "$*" | sed 's/.*-Drevision=\\([^ ]*\\).*/\\1/')
      mkdir -p constructs/target
      echo pom >constructs/target/.flattened-pom.xml
      for part in .jar -sources.jar -javadoc.jar ${PARTS--cyclonedx.json}; do
        echo "$part of $(cat source)" >constructs/target/sparkgate-constructs-$version$part
      done
      """;

  private static final String PYTHON =
      """
      #!/bin/sh
      echo "python $*" >>"$ASKED"
      case "$2" in
        venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/pip" ;;
        hatchling)
          version=$(sed -n 's/^version = "\\(.*\\)"/\\1/p' pyproject.toml)
          echo "a wheel with $(cat LICENSE)" >"$5/sparkgate-$version-py3-none-any.whl"
          echo sdist >"$5/sparkgate-$version.tar.gz" ;;
      esac
      """;

  /** A checkout of one commit. */
  static Toolchain in(Path directory) throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path asked = Files.createFile(directory.resolve("asked"));
    Checkout checkout =
        Checkout.ofTheCommand(directory.resolve("checkout"))
            .write(".gitignore", "target/\n")
            .write("LICENSE", "a licence")
            .write("source", "one source")
            .write("mvnw", MAVEN)
            .write("client/python", "#!/bin/sh\necho \"$PWD/client/stub\"\n")
            .write("client/stub", PYTHON)
            .write("client/pyproject.toml", "[project]\nversion = \"0.1.0.dev0\"\n")
            .write("jdk/bin/java", "#!/bin/sh\necho 'openjdk version \"17.0.1\" 2021' >&2\n");
    return new Toolchain(checkout.commit(), temporary, asked);
  }

  Checkout.Outcome release(String... arguments) throws Exception {
    return release(Map.of(), arguments);
  }

  Checkout.Outcome release(Map<String, String> environment, String... arguments) throws Exception {
    return start(environment, arguments).end();
  }

  Checkout.Running start(Map<String, String> environment, String... arguments) throws IOException {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("ASKED", asked.toString());
    variables.put("TMPDIR", temporary.toString());
    variables.putIfAbsent("JAVA_HOME", checkout.root().resolve("jdk").toString());
    return checkout.startRelease(variables, arguments);
  }

  /** What Maven was asked to do since the last time. */
  List<String> askedOfMaven() throws IOException {
    List<String> lines =
        Files.readAllLines(asked, StandardCharsets.UTF_8).stream()
            .filter(line -> line.startsWith("mvnw "))
            .toList();
    Files.writeString(asked, "");
    return lines;
  }
}
