package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.StubSession;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The jar that is uploaded, from which classes are taken out that the functions do not use. */
class FunctionsJarTest {

  private static final Path JAR = Path.of("../lambda/target/functions.jar");

  /** What our jar has to answer for, if it is named. */
  private static final Pattern OURS =
      Pattern.compile(
          "(io/sparkgate|software/amazon|org/slf4j|org/reactivestreams)/([\\w$]+/)*[A-Z][\\w$]*");

  /** What the SDK uses where it is there, and we never had. */
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "software/amazon/awssdk/(crt|crtcore|authcrt|http/apache|http/crt|http/nio"
              + "|services/sso|services/sts)/.*|.*/HttpAuthAwsCrt");

  @AutoClose private final EmrServerlessStub emr = EmrServerlessStub.start();

  @Test
  void lacksNoClassThatAHandlerCanReach() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Deque<String> next = new ArrayDeque<>();
      jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.matches("io/sparkgate/.*Handler[.]class"))
          .forEach(name -> next.add(name.replace(".class", "")));
      assertThat(next).hasSizeGreaterThanOrEqualTo(4);
      for (JarEntry entry : jar.stream().filter(FunctionsJarTest::isServices).toList()) {
        text(jar, entry).lines().map(line -> line.strip().replace('.', '/')).forEach(next::add);
      }

      Set<String> reached = new TreeSet<>(next);
      Set<String> missing = new TreeSet<>();
      while (!next.isEmpty()) {
        String name = next.remove();
        JarEntry entry = jar.getJarEntry(name + ".class");
        if (entry == null) {
          if (OURS.matcher(name).matches() && !OPTIONAL.matcher(name).matches()) {
            missing.add(name);
          }
          continue;
        }
        try (InputStream classFile = jar.getInputStream(entry)) {
          ClassNames.in(classFile).stream().filter(reached::add).forEach(next::add);
        }
      }

      assertThat(missing).isEmpty();
      assertThat(reached)
          .contains("software/amazon/awssdk/http/urlconnection/UrlConnectionHttpClient");
    }
  }

  @Test
  void comparesWhoFetchedAnEndpoint() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/alice"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"own\"")
        .endsWith("{}");
  }

  @Test
  void saysThatAnotherFetchedIt() throws Exception {
    emr.application("00app").put(StubSession.of("00s1", "IDLE", Instant.now()));

    assertThat(
            invoke(
                "io.sparkgate.function.watch.TakeoverHandler",
                """
                {"detail": {
                  "userIdentity": {"arn": "arn:aws:sts::123456789012:assumed-role/developers/bob"},
                  "requestParameters": {"applicationId": "00app", "sessionId": "00s1"}}}"""))
        .contains("\"outcome\":\"takeover\"", "TakeoverSuspected: ");
  }

  @Test
  void looksWhetherSessionsAreOn() throws Exception {
    emr.application("00app");

    assertThat(invoke("io.sparkgate.function.watch.SessionGuardHandler", "{}"))
        .contains("\"outcome\":\"enabled\"")
        .endsWith("{\"Applications\":1,\"Problems\":0}");
  }

  private static boolean isServices(JarEntry entry) {
    return entry.getName().startsWith("META-INF/services/") && !entry.isDirectory();
  }

  private static String text(JarFile jar, JarEntry entry) {
    try (InputStream content = jar.getInputStream(entry)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In a process of its own, with nothing but the jar and what Lambda brings. */
  private String invoke(String handler, String event) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(
                    File.pathSeparator,
                    JAR.toString(),
                    home(RequestStreamHandler.class),
                    home(Launcher.class)),
                Launcher.class.getName(),
                handler)
            .redirectErrorStream(true);
    java.environment()
        .putAll(
            Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "not-a-secret",
                "SPARKGATE_GUARD", "{\"applications\":[\"00app\"]}",
                "AWS_ENDPOINT_URL_EMR_SERVERLESS", emr.uri().toString()));
    Process process = java.start();
    try (var input = process.getOutputStream()) {
      input.write(event.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static String home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Hands the event on standard input to a handler. */
  static final class Launcher {

    private Launcher() {}

    public static void main(String... args) throws Exception {
      RequestStreamHandler handler =
          (RequestStreamHandler) Class.forName(args[0]).getDeclaredConstructor().newInstance();
      Context context =
          (Context)
              Proxy.newProxyInstance(
                  Launcher.class.getClassLoader(),
                  new Class<?>[] {Context.class},
                  (proxy, method, parameters) -> 60_000);
      handler.handleRequest(System.in, System.out, context);
    }
  }
}
