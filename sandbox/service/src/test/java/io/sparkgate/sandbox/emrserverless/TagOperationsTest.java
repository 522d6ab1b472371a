package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagOperationsTest {

  private static final String ARN = "arn:aws:emr-serverless:us-east-1:111122223333:/applications/";

  private final Plane plane = Plane.withApplication("\"tags\": {\"team\": \"data\"},");

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void changeAnApplicationsTags() {
    String path = "/tags/" + URLEncoder.encode(ARN + "00app", StandardCharsets.UTF_8);
    assertThat(plane.post(path, "{'tags': {'a+b': '1', 'team': 'sales'}}").body()).isEmpty();
    assertThat(plane.get(path).body())
        .isEqualTo(Plane.json("{'tags': {'a+b': '1', 'team': 'sales'}}"));
    assertThat(plane.delete(path + "?tagKeys=a%2Bb&tagKeys=none").body()).isEmpty();
    assertThat(plane.get("/applications/00app").body().at("/application/tags"))
        .isEqualTo(Plane.json("{'team': 'sales'}"));
  }

  @Test
  void changeASessionsTags() {
    String id = plane.up("t", ", 'tags': {'owner': 'alice'}");
    String path = "/tags/" + ARN + "00app/sessions/" + id;
    plane.post(path, "{'tags': {'keep': 'until 2026-02-01'}}");
    assertThat(plane.session(id).path("tags"))
        .isEqualTo(Plane.json("{'keep': 'until 2026-02-01', 'owner': 'alice'}"));
    assertThat(plane.get(path).body().path("tags")).isEqualTo(plane.session(id).path("tags"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ARN + "00none",
        ARN + "00app/sessions/00none",
        ARN + "00app/jobruns/00none",
        "arn:aws:emr-serverless:eu-west-1:111122223333:/applications/00app",
        "arn:aws:emr-serverless:us-east-1:999999999999:/applications/00app",
      })
  void knowNothingElse(String arn) {
    Reply reply = plane.get("/tags/" + arn);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.type()).isEqualTo("ResourceNotFoundException");
  }

  @Test
  void areValid() {
    Reply arn = plane.get("/tags/arn:aws:s3:::bucket");
    assertThat(arn.message()).contains("'arn:aws:s3:::bucket' at 'resourceArn'");
    Reply reserved = plane.post("/tags/" + ARN + "00app", "{'tags': {'AWS:x': 'y'}}");
    assertThat(reserved.message())
        .isEqualTo("Tag key 'AWS:x' starts with aws:, which is reserved.");
    String fifty =
        IntStream.range(0, 50)
            .mapToObj(i -> "'t%d': ''".formatted(i))
            .collect(Collectors.joining(","));
    Reply many = plane.post("/tags/" + ARN + "00app", "{'tags': {" + fifty + "}}");
    assertThat(many.message()).isEqualTo("A resource may have 50 tags; it would have 51.");
    assertThat(plane.delete("/tags/" + ARN + "00app").message()).contains("'tagKeys'");
  }
}
