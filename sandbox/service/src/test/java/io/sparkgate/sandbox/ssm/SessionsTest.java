package io.sparkgate.sandbox.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.ssm.Ssm.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Alice and Bob may come to the cluster's instances by its document, and end their own sessions.
 */
class SessionsTest {
  private static final String PREFIX = "arn:aws:%s:eu-west-1:111122223333:%s";
  private static final String INSTANCE = "i-0123456789abcdef0";
  private static final String START =
      "{'Target': '%s', 'DocumentName': '%s', 'Parameters': {'localPortNumber': ['0']}}";

  private ServerSocket server;
  private Tunnels tunnels;
  private boolean there = true;
  private Ssm ssm;
  private Credentials alice;
  private Credentials bob;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    tunnels =
        Tunnels.start(
            new Tunnels.Instance(
                INSTANCE, Map.of("aws:elasticmapreduce:job-flow-id", "j-1"), "Ours", PREFIX),
            () -> there,
            () -> OptionalInt.of(server.getLocalPort()));
    ssm = new Ssm(tunnels);
    alice = issue("alice", "j-1");
    bob = issue("bob", "j-1");
  }

  private Credentials issue(String name, String clusterId) {
    List<JsonNode> policy =
        List.of(
            Ssm.json(
                """
                {'Effect': 'Allow', 'Action': 'ssm:StartSession', 'Resource': '%s',
                 'Condition': {'StringEquals': {
                   'ssm:resourceTag/aws:elasticmapreduce:job-flow-id': '%s'}}}
                """
                    .formatted(PREFIX.formatted("ec2", "instance/*"), clusterId)),
            Ssm.json(
                """
                {'Effect': 'Allow', 'Action': 'ssm:StartSession', 'Resource': '%s',
                 'Condition': {'BoolIfExists': {'ssm:SessionDocumentAccessCheck': 'true'}}}
                """
                    .formatted(PREFIX.formatted("ssm", "document/Ours"))),
            Ssm.json(
                """
                {'Effect': 'Allow', 'Action': 'ssm:TerminateSession', 'Resource': '*',
                 'Condition': {'StringEquals': {
                   'ssm:resourceTag/aws:ssmmessages:session-id': '${aws:userid}'}}}
                """));
    return ssm.access.issue("arn:aws:iam::111122223333:role/People", name, () -> policy);
  }

  @AfterEach
  void close() throws IOException {
    ssm.close();
    tunnels.close();
    server.close();
  }

  private Reply call(Credentials who, String operation, String body) {
    return ssm.call(who.accessKeyId(), operation, body);
  }

  private Reply start(Credentials who) {
    return call(who, "StartSession", START.formatted(INSTANCE, "Ours"));
  }

  @Test
  void leadsToTheServerWithTheSessionsToken() throws Exception {
    Reply session = start(alice);

    assertThat(session.body().path("SessionId").asText()).matches("alice-[0-9a-f]{17}");
    try (Socket client = dial(session)) {
      assertThat(echoed(client)).isEqualTo("hello");
    }
  }

  @Test
  void leadsNobodyThereWithoutIt() throws Exception {
    Reply session = start(alice);
    var forged =
        new Reply(
            200, "", Ssm.json(session.body().toString().replaceFirst("(TokenValue\":\").", "$1x")));

    try (Socket client = dial(forged)) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void cutsASessionThatIsTerminated() throws Exception {
    Reply session = start(alice);
    String id = session.body().path("SessionId").asText();
    try (Socket client = dial(session)) {
      echoed(client);
      Reply ended = call(alice, "TerminateSession", "{'SessionId': '%s'}".formatted(id));

      assertThat(ended.body().path("SessionId").asText()).isEqualTo(id);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void letsNobodyEndTheSessionOfAnother() {
    String id = start(alice).body().path("SessionId").asText();
    Reply denied = call(bob, "TerminateSession", "{'SessionId': '%s'}".formatted(id));

    assertThat(denied.type()).isEqualTo("AccessDeniedException");
    assertThat(denied.message())
        .contains("People/bob is not authorized to perform: ssm:TerminateSession on resource: ")
        .contains(":session/" + id + " because");
  }

  @Test
  void leadsNowhereOnceTheClusterHasEnded() {
    there = false;

    Reply refused = start(alice);

    assertThat(refused.type()).isEqualTo("TargetNotConnected");
    assertThat(refused.message()).isEqualTo(INSTANCE + " is not connected.");
  }

  @Test
  void asksForTheTagOfTheInstance() {
    Reply denied = start(issue("carol", "j-2"));

    assertThat(denied.type()).isEqualTo("AccessDeniedException");
    assertThat(denied.message())
        .endsWith(
            "perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-1:111122223333:instance/"
                + INSTANCE
                + " because no identity-based policy allows the ssm:StartSession action");
  }

  @Test
  void asksForTheDocumentToo() {
    String awsOwn = "AWS-StartPortForwardingSession";
    Reply denied = call(alice, "StartSession", START.formatted(INSTANCE, awsOwn));

    assertThat(denied.type()).isEqualTo("AccessDeniedException");
    assertThat(denied.message()).contains(":document/" + awsOwn + " because");
  }

  @Test
  void deniesAnInstanceThatIsNotThere() {
    Reply denied = call(alice, "StartSession", START.formatted("i-0", "Ours"));

    assertThat(denied.type()).isEqualTo("AccessDeniedException");
  }

  @Test
  void saysWhatItDoesNotPlay() {
    assertThat(call(alice, "ResumeSession", "{}").message())
        .endsWith("it plays GetParameter and GetParameters, StartSession and TerminateSession.");
  }

  private static Socket dial(Reply session) throws IOException {
    URI stream = URI.create(session.body().path("StreamUrl").asText());
    var client = new Socket(stream.getHost(), stream.getPort());
    var out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
    out.print(session.body().path("TokenValue").asText() + "\n");
    return client;
  }

  /** Says hello to the server, which says it back. */
  private String echoed(Socket client) throws IOException {
    try (Socket accepted = server.accept()) {
      client.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
      String heard = lines(accepted).readLine();
      accepted.getOutputStream().write((heard + "\n").getBytes(StandardCharsets.UTF_8));
      return lines(client).readLine();
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
