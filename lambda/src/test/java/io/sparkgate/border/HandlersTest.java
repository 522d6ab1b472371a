package io.sparkgate.border;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandlersTest {

  @ParameterizedTest
  @MethodSource("names")
  void areClassesThatLambdaCanMake(String name) throws ReflectiveOperationException {
    Class<?> handler = Class.forName(name);

    assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
    assertThat(handler.getConstructor()).isNotNull();
  }

  static Stream<String> names() throws IllegalAccessException {
    Stream.Builder<String> names = Stream.builder();
    for (Field name : Handlers.class.getFields()) {
      names.add((String) name.get(null));
    }
    return names.build();
  }
}
