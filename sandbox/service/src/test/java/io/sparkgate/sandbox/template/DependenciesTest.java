package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependenciesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'DependsOn': 'B'",
        "'DependsOn': ['B']",
        "'Properties': {'x': [{'Ref': 'B'}, {'Ref': 'AWS::Region'}]}",
        "'Properties': {'x': {'Fn::GetAtt': ['B', 'Arn']}}",
        "'Properties': {'x': {'Fn::GetAtt': 'B.Arn'}}",
        "'Properties': {'x': {'Fn::Join': ['', ['a', {'Fn::Sub': 'x-${B.Arn}-${!C}'}]]}}",
        "'Properties': {'x': {'Fn::Sub': ['${own}-${B}', {'own': 'x'}]}}",
        "'Properties': {'x': {'Fn::Sub': ['${own}', {'own': {'Ref': 'B'}}]}}",
      })
  void findsWhatAResourceWaitsFor(String resource) throws Exception {
    String json =
        "{'Resources': {'A': {'Type': 'T', %s}, 'B': {'Type': 'T'}, 'C': {'Type': 'T'}}}"
            .formatted(resource);
    Template template =
        new Template(Path.of("t"), new ObjectMapper().readTree(json.replace('\'', '"')));
    assertThat(new Dependencies(template).of("A")).isEqualTo(Set.of("B"));
  }
}
