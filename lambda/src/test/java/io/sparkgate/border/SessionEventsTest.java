package io.sparkgate.border;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.EventSchema;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SessionEventsTest {

  /** That each event is as the schema says, the stub of EventBridge looks at in every test. */
  @Test
  void areInTheSchemaByTypeAndField() throws IllegalAccessException {
    Set<String> types = new TreeSet<>();
    Set<String> fields = new TreeSet<>();
    for (Field field : SessionEvents.class.getFields()) {
      String value = (String) field.get(null);
      (value.startsWith("Spark Connect ") ? types : fields).add(value);
    }
    fields.remove(SessionEvents.SOURCE);

    assertThat(EventSchema.read().types()).containsExactlyInAnyOrderElementsOf(types);
    assertThat(EventSchema.read().fields()).isEqualTo(fields);
  }
}
