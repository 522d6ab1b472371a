package io.sparkgate.function;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.thirdparty.jackson.core.JacksonException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;

/** One invocation of a function as Lambda hands it over: an event, an answer and some time. */
public final class Invocation {

  /** Kept back from the function's time, for records and answer to be written. */
  public static final Duration MARGIN = Duration.ofSeconds(2);

  private final InputStream event;
  private final OutputStream answer;
  private final Context context;

  public Invocation(InputStream event, OutputStream answer, Context context) {
    this.event = event;
    this.answer = answer;
    this.context = context;
  }

  /** The time that is left for work; zero or less when it is up. */
  public Duration remaining() {
    return Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
  }

  /** What the event says; null for what is no JSON, without what Jackson quotes of it. */
  public @Nullable Object event() throws IOException {
    try (JsonParser parser = Json.FACTORY.createParser(event)) {
      return Json.read(parser);
    } catch (JacksonException e) {
      return null;
    }
  }

  public void answer(Map<String, ?> fields) throws IOException {
    answer.write(Json.write(fields).getBytes(StandardCharsets.UTF_8));
  }
}
