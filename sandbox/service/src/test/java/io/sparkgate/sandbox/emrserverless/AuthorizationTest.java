package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import io.sparkgate.sandbox.iam.Action;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

  private static final String ARN = "arn:aws:emr-serverless:us-east-1:111122223333:/applications/";

  private final Plane plane = Plane.withApplication("\"tags\": {\"team\": \"data\"},");

  @AfterEach
  void close() {
    plane.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer AKIDALICE",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=AKIDMALLORY/20260102/us-east-1/emr-serverless/aws4_request",
      })
  void knowsNobodyElse(String header) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(plane.control.uri() + "/applications/00app"));
    if (!header.isEmpty()) {
      request.header("Authorization", header);
    }
    Reply reply = Plane.call(request.build());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.type()).isEqualTo("UnrecognizedClientException");
    assertThat(reply.message()).isEqualTo("The security token included in the request is invalid.");
    assertThat(plane.access.asked).isEmpty();
  }

  @Test
  void refusesCredentialsThatHaveExpired() {
    Reply reply =
        Plane.call(
            HttpRequest.newBuilder(URI.create(plane.control.uri() + "/applications/00app"))
                .header("Authorization", Plane.credential("AKIDEXPIRED"))
                .build());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.type()).isEqualTo("ExpiredTokenException");
    assertThat(reply.message()).isEqualTo("The security token included in the request is expired");
    assertThat(plane.access.asked).isEmpty();
  }

  @Test
  void asksThreeQuestionsForASessionWithTags() {
    Reply reply = plane.start("t", ", 'tags': {'owner': 'alice', 'cost': 'x'}");
    Map<String, String> tags = Map.of("owner", "alice", "cost", "x");
    List<String> keys = List.of("owner", "cost");
    assertThat(plane.access.asked)
        .containsExactly(
            new Action(
                "emr-serverless:StartSession",
                ARN + "00app",
                tags,
                keys,
                Map.of("team", "data"),
                Map.of()),
            new Action(
                "emr-serverless:TagResource",
                ARN + "00app/sessions/" + reply.sessionId(),
                tags,
                keys,
                Map.of(),
                Map.of()),
            new Action(
                "iam:PassRole",
                Plane.ROLE,
                Map.of(),
                List.of(),
                Map.of(),
                Map.of("iam:PassedToService", "emr-serverless.amazonaws.com")));
  }

  @Test
  void asksNothingOfTagsForASessionWithout() {
    plane.start("t", "");
    assertThat(plane.access.asked)
        .extracting(Action::name)
        .containsExactly("emr-serverless:StartSession", "iam:PassRole");
  }

  @Test
  void asksAboutASessionByItsTags() {
    String id = plane.up("t", ", 'tags': {'owner': 'alice'}");
    Map<String, String> tags = Map.of("owner", "alice");
    String session = ARN + "00app/sessions/" + id;
    plane.access.asked.clear();
    plane.get(Plane.SESSIONS + "/" + id);
    plane.get(Plane.SESSIONS + "/" + id + "/endpoint");
    plane.get("/applications/00app/dashboard?resourceType=SESSION&resourceId=" + id);
    plane.delete(Plane.SESSIONS + "/" + id);
    plane.get("/tags/" + session);
    assertThat(plane.access.asked)
        .containsExactly(
            Action.on("emr-serverless:GetSession", session, tags),
            Action.on("emr-serverless:GetSessionEndpoint", session, tags),
            Action.on("emr-serverless:GetResourceDashboard", session, tags),
            Action.on("emr-serverless:TerminateSession", session, tags),
            Action.on("emr-serverless:ListTagsForResource", session, tags));
  }

  @Test
  void asksAboutTagsInRequests() {
    plane.post("/tags/" + ARN + "00app", "{'tags': {'a': '1'}}");
    plane.delete("/tags/" + ARN + "00app?tagKeys=a&tagKeys=b");
    assertThat(plane.access.asked)
        .containsExactly(
            new Action(
                "emr-serverless:TagResource",
                ARN + "00app",
                Map.of("a", "1"),
                List.of("a"),
                Map.of("team", "data"),
                Map.of()),
            new Action(
                "emr-serverless:UntagResource",
                ARN + "00app",
                Map.of(),
                List.of("a", "b"),
                Map.of("team", "data", "a", "1"),
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /applications,                GetAll,  ListApplications,  *",
    "GET,    /applications/00app,          '',      GetApplication,    00app",
    "PATCH,  /applications/00app,          '',      UpdateApplication, 00app",
    "DELETE, /applications/00app,          '',      DeleteApplication, 00app",
    "POST,   /applications/00app/start,    '',      StartApplication,  00app",
    "POST,   /applications/00app/stop,     '',      StopApplication,   00app",
    "GET,    /applications/00app/sessions, '',      ListSessions,      00app",
  })
  void asksAboutApplications(
      String method, String path, String all, String action, String resource) {
    plane.call(method, path, "");
    assertThat(plane.access.asked)
        .containsExactly(
            all.isEmpty()
                ? Action.on("emr-serverless:" + action, ARN + resource, Map.of("team", "data"))
                : Action.on("emr-serverless:" + action, resource, Map.of()));
  }

  @Test
  void asksAboutAnApplicationWithTags() {
    plane.post(
        "/applications",
        "{'clientToken': 'x', 'releaseLabel': 'emr-7.13.0', 'type': 'SPARK', 'tags': {'a': '1'}}");
    assertThat(plane.access.asked)
        .extracting(Action::name)
        .containsExactly("emr-serverless:CreateApplication", "emr-serverless:TagResource");
    assertThat(plane.access.asked.get(0).resource()).isEqualTo("*");
    assertThat(plane.access.asked.get(1).resource()).startsWith(ARN + "00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"emr-serverless:StartSession", "emr-serverless:TagResource", "iam:PassRole"})
  void startsNothingWhenOneAnswerIsNo(String action) {
    plane.access.deny(action);
    Reply denied = plane.start("t", ", 'tags': {'owner': 'alice'}");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.type()).isEqualTo("AccessDeniedException");
    assertThat(denied.message()).isEqualTo("User: alice is not authorized to perform: " + action);
    assertThat(plane.drivers.count()).isZero();
    assertThat(plane.applicationState()).isEqualTo("CREATED");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /applications/00none/sessions/00none, GetSession",
    "GET,  /applications/NOT!VALID,              GetApplication",
    "GET,  /applications/00app/sessions?states=X, ListSessions",
    "POST, /applications/00app/sessions,         StartSession",
    "GET,  /tags/arn:nothing,                    ListTagsForResource",
  })
  void revealsNothingToWhoMayNot(String method, String path, String action) {
    plane.access.deny("emr-serverless:" + action);
    assertThat(plane.call(method, path, "").type()).isEqualTo("AccessDeniedException");
  }
}
