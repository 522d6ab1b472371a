package io.sparkgate.benchmark.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The shapes of the service's answers, as its model declares them. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String ARN = "arn:aws:emr-serverless:us-east-1:123456789012:/applications/";

  private Json() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static void application(JsonGenerator json, String id, Instant createdAt) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("name", "spark-" + id);
    json.writeStringField("arn", ARN + id);
    json.writeStringField("releaseLabel", "emr-7.13.0");
    json.writeStringField("type", "Spark");
    json.writeStringField("state", "STARTED");
    json.writeStringField("architecture", "X86_64");
    time(json, "createdAt", createdAt);
    time(json, "updatedAt", createdAt);
    json.writeEndObject();
  }

  static void summary(JsonGenerator json, Session session) throws IOException {
    json.writeStartObject();
    common(json, session);
    json.writeEndObject();
  }

  static void details(JsonGenerator json, Session session) throws IOException {
    json.writeStartObject();
    common(json, session);
    time(json, "startedAt", session.createdAt());
    time(json, "idleSince", session.idleSince());
    time(json, "endedAt", session.endedAt());
    json.writeNumberField("idleTimeoutMinutes", 1440);
    json.writeObjectFieldStart("tags");
    json.writeStringField("sparkgate:owner", "AROAEXAMPLEEXAMPLE123:alice");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void common(JsonGenerator json, Session session) throws IOException {
    json.writeStringField("applicationId", session.application());
    json.writeStringField("sessionId", session.id());
    json.writeStringField("arn", ARN + session.application() + "/sessions/" + session.id());
    json.writeStringField("name", "notebook-" + session.id());
    json.writeStringField("state", session.state().name());
    json.writeStringField("stateDetails", "");
    json.writeStringField("releaseLabel", "emr-7.13.0");
    json.writeStringField("executionRoleArn", "arn:aws:iam::123456789012:role/spark");
    json.writeStringField(
        "createdBy", "arn:aws:sts::123456789012:assumed-role/data-scientists/alice");
    time(json, "createdAt", session.createdAt());
    time(json, "updatedAt", session.createdAt());
  }

  /** In seconds, with thousandths. */
  private static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time != null) {
      json.writeNumberField(name, BigDecimal.valueOf(time.toEpochMilli(), 3));
    }
  }
}
