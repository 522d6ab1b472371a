package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {

  @TempDir private Path directory;

  private Surroundings read(String resources) throws Exception {
    Path template = directory.resolve("Stack.template.json");
    Files.writeString(template, "{'Resources': {%s}}".formatted(resources).replace('\'', '"'));
    return Surroundings.read(template, Optional.empty());
  }

  @Test
  void findsRulesThatWaitForEvents() throws Exception {
    Surroundings found =
        read(
            """
            'Warn': {'Type': 'AWS::Events::Rule', 'Properties': {
              'EventBusName': {'Ref': 'Bus'}, 'EventPattern': {'source': ['sparkgate']},
              'Targets': [{'Id': 'T', 'Arn': {'Ref': 'Topic'}}]}},
            'Off': {'Type': 'AWS::Events::Rule', 'Properties': {
              'EventPattern': {'source': ['sparkgate']}, 'State': 'DISABLED'}},
            'Nightly': {'Type': 'AWS::Events::Rule', 'Properties': {
              'ScheduleExpression': 'rate(1 day)'}},
            'Bus': {'Type': 'AWS::Events::EventBus', 'Properties': {'Name': 'Bus'}},
            'Topic': {'Type': 'AWS::SNS::Topic', 'Properties': {'TopicName': 'warnings'}}
            """);

    assertThat(found.rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.name()).isEqualTo("Warn");
              assertThat(found.buses()).contains(rule.bus(), "default").hasSize(2);
              assertThat(rule.targets().get(0).path("Arn").asText())
                  .isEqualTo("arn:aws:sns:us-east-1:111122223333:warnings");
            });
  }

  @Test
  void findsTheGroupsThatFunctionsPrintInto() throws Exception {
    Surroundings found =
        read(
            """
            'Own': {'Type': 'AWS::Lambda::Function', 'Properties': {
              'FunctionName': 'own', 'LoggingConfig': {'LogGroup': {'Ref': 'Logs'}}}},
            'Other': {'Type': 'AWS::Lambda::Function', 'Properties': {'FunctionName': 'other'}},
            'Logs': {'Type': 'AWS::Logs::LogGroup', 'Properties': {'LogGroupName': 'all'}}
            """);

    assertThat(found.logGroups())
        .containsEntry("Own", "all")
        .containsEntry("Other", "/aws/lambda/other");
    assertThat(found.functionNames()).containsEntry("Own", "own");
  }

  @Test
  void readsTheBodiesOfDashboards() throws Exception {
    Surroundings found =
        read(
            """
            'Board': {'Type': 'AWS::CloudWatch::Dashboard', 'Properties': {
              'DashboardName': 'spark',
              'DashboardBody': {'Fn::Join': ['', ['{\\'widgets\\': [', ']}']]}}}
            """
                .replace("\\'", "\\u0022"));

    assertThat(found.dashboards().get("spark").path("widgets").isArray()).isTrue();
  }

  @Test
  void refusesABodyThatIsNotJson() {
    assertThatThrownBy(
            () ->
                read(
                    "'Board': {'Type': 'AWS::CloudWatch::Dashboard', 'Properties': {'DashboardBody': 'x'}}"))
        .isInstanceOf(BadInput.class)
        .hasMessageEndingWith("dashboard Board has a body that is not JSON: x");
  }
}
