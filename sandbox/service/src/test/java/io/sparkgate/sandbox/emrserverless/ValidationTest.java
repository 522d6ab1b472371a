package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  private static void assertInvalid(Reply reply, String... parts) {
    assertThat(reply.status()).as(reply.message()).isEqualTo(400);
    assertThat(reply.type()).isEqualTo("ValidationException");
    assertThat(reply.message()).contains(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "?maxResults=0      | '0' at 'maxResults' | greater than or equal to 1",
        "?maxResults=51     | '51' at 'maxResults' | less than or equal to 50",
        "?maxResults=ten    | 'ten' at 'maxResults' | whole number",
        "?states=READY      | 'READY' at 'states.1.member' | SUBMITTED, STARTING, STARTED, IDLE",
        "?nextToken=a!b     | 'a!b' at 'nextToken' | [A-Za-z0-9_=-]+",
        "?createdAtAfter=now| 'now' at 'createdAtAfter' | 2026-01-02T03:04:05Z",
      })
  void checksQueries(String query, String at, String allowed) {
    assertInvalid(
        plane.get(Plane.SESSIONS + query), "1 validation error detected: Value " + at, allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ", 'name': ''              | Value '' at 'name' | greater than or equal to 1",
        ", 'name': ' '             | Value ' ' at 'name' | pattern: .*\\S.*",
        ", 'name': 5               | Value '5' at 'name' | string",
        ", 'idleTimeoutMinutes': -1 | '-1' at 'idleTimeoutMinutes' | equal to 0",
        ", 'idleTimeoutMinutes': 1000001 | at 'idleTimeoutMinutes' | equal to 1000000",
        ", 'idleTimeoutMinutes': '60' | at 'idleTimeoutMinutes' | whole number",
        ", 'tags': {'a,b': 'x'}    | 'a,b' at 'tags.key' | [A-Za-z0-9 /_.:=+@-]+",
        ", 'tags': {'a': '(x)'}    | '(x)' at 'tags.a' | [A-Za-z0-9 /_.:=+@-]*",
        ", 'tags': ['a']           | Value at 'tags' | map",
        ", 'configurationOverrides': {'applicationConfiguration': []} | 'configurationOverrides.applicationConfiguration' | [runtimeConfiguration]",
        ", 'configurationOverrides': {'runtimeConfiguration': [{}]} | 'configurationOverrides.runtimeConfiguration.1.member.classification' | not be null",
        ", 'configurationOverrides': 'x' | at 'configurationOverrides' | structure of [runtimeConfiguration]",
        ", 'clientToken': 'a b'    | 'a b' at 'clientToken' | [A-Za-z0-9._-]+",
        ", 'executionRoleArn': 'arn:aws:iam::1:role/x-y-z' | at 'executionRoleArn' | pattern",
        ", 'idleTimeout': 5        | Value at 'idleTimeout' | idleTimeoutMinutes",
      })
  void checksStartSession(String members, String at, String allowed) {
    assertInvalid(plane.start("t", members), at, allowed);
    assertThat(plane.drivers.count()).isZero();
  }

  @Test
  void namesEveryProblem() {
    assertInvalid(
        plane.post(Plane.SESSIONS, "{'executionRoleArn': null}"),
        "2 validation errors detected: ",
        "Value at 'clientToken' failed to satisfy constraint: Member must not be null; ",
        "Value at 'executionRoleArn' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void neverRepeatsASecret() {
    Reply refused =
        plane.start(
            "t",
            ", 'configurationOverrides': {'runtimeConfiguration': [{'classification':"
                + " 'spark-defaults', 'properties': {'password': 'hunter2%s'}}]}"
                    .formatted("x".repeat(1024)));
    assertInvalid(refused, "runtimeConfiguration.1.member.properties'");
    assertThat(refused.message()).doesNotContain("hunter2").doesNotContain("password");
    assertThat(plane.post(Plane.SESSIONS, "{'password': hunter2").message())
        .isEqualTo("The request's body is not JSON.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'name': 'a b'                         | 'a b' at 'name'",
        "'architecture': 'RISC'                | [ARM64, X86_64]",
        "'autoStopConfiguration': {'idleTimeoutMinutes': 0} | 'autoStopConfiguration.idleTimeoutMinutes'",
        "'maximumCapacity': {'cpu': '4'}       | 'maximumCapacity.memory'",
        "'maximumCapacity': {'cpu': '4', 'memory': '16', 'disk': '20'} | 'maximumCapacity.disk'",
        "'initialCapacity': {'Driver': {}}     | 'initialCapacity.Driver.workerCount'",
        "'networkConfiguration': {'securityGroupIds': ['a','b','c','d','e','f']} | equal to 5",
        "'interactiveConfiguration': {'sessionEnabled': 'yes'} | true or false",
        "'schedulerConfiguration': {'maxConcurrentRuns': 1001} | equal to 1000",
        "'diskEncryptionConfiguration': {'encryptionKeyArn': 'arn:aws:kms:us-east-1:111122223333:alias/a'} | 'diskEncryptionConfiguration.encryptionKeyArn'",
        "'tags': {'aws:x': 'y'}                | reserved",
        "'runtimeConfiguration': {}            | Value at 'runtimeConfiguration'",
      })
  void checksCreateApplication(String member, String part) {
    assertInvalid(
        plane.post(
            "/applications",
            "{'clientToken': 't', 'releaseLabel': 'emr-7.13.0', 'type': 'SPARK', " + member + "}"),
        part);
  }

  @Test
  void checksPaths() {
    assertInvalid(plane.get("/applications/UPPER"), "'UPPER' at 'applicationId'", "[0-9a-z]+");
    assertInvalid(
        plane.get(Plane.SESSIONS + "/" + "a".repeat(65)),
        "'sessionId'",
        "less than or equal to 64");
    assertInvalid(
        plane.get("/applications/00app/dashboard?resourceType=JOB"),
        "'resourceId' failed to satisfy constraint: Member must not be null",
        "'JOB' at 'resourceType'",
        "[SESSION]");
  }

  @ParameterizedTest
  @CsvSource({
    "entryPoint, 4097, 4096",
    "sparkSubmitParameters, 102401, 102400",
  })
  void checksJobRunsAndKeepsTheirTextsToItself(String member, int length, int most) {
    Reply refused =
        plane.post(
            "/applications/00app/jobruns",
            "{'clientToken': 't', 'executionRoleArn': '%s', 'jobDriver': {'sparkSubmit': {'entryPoint': 'x', '%s': '%s'}}}"
                .formatted(Plane.ROLE, member, "y".repeat(length)));
    assertInvalid(
        refused,
        "Value at 'jobDriver.sparkSubmit." + member + "'",
        "length less than or equal to " + most);
    assertThat(refused.message()).doesNotContain("yyy");
  }

  @Test
  void acceptsAllThatTheModelHas() {
    Reply reply =
        plane.post(
            "/applications",
            """
            {'clientToken': 't', 'releaseLabel': 'emr-7.13.0', 'type': 'SPARK', 'name': 'a/b#c',
             'architecture': 'ARM64', 'imageConfiguration': {'imageUri':
               '111122223333.dkr.ecr.us-east-1.amazonaws.com/team/spark@sha256:%s'},
             'initialCapacity': {'Driver': {'workerCount': 2, 'workerConfiguration':
               {'cpu': '4 vCPU', 'memory': '16 GB', 'disk': '20 GB', 'diskType': 'STANDARD'}}},
             'maximumCapacity': {'cpu': '400 vCPU', 'memory': '1024GB', 'disk': '1000 GB'},
             'networkConfiguration': {'subnetIds': ['subnet-1'], 'securityGroupIds': ['sg-1']},
             'runtimeConfiguration': [{'classification': 'spark-defaults', 'properties': {'a': 'b'},
               'configurations': [{'classification': 'x'}]}],
             'monitoringConfiguration': {
               's3MonitoringConfiguration': {'logUri': 's3://logs/'},
               'managedPersistenceMonitoringConfiguration': {'enabled': true},
               'cloudWatchLoggingConfiguration': {'enabled': true, 'logGroupName': '/emr',
                 'logStreamNamePrefix': 'a', 'logTypes': {'SPARK_DRIVER': ['STDOUT', 'STDERR']}},
               'prometheusMonitoringConfiguration': {'remoteWriteUrl':
                 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write'}},
             'diskEncryptionConfiguration': {'encryptionContext': {'a': 'b'}, 'encryptionKeyArn':
               'arn:aws:kms:us-east-1:111122223333:key/1-2'},
             'interactiveConfiguration': {'studioEnabled': false, 'livyEndpointEnabled': false,
               'sessionEnabled': true},
             'schedulerConfiguration': {'queueTimeoutMinutes': 360, 'maxConcurrentRuns': 15},
             'identityCenterConfiguration': {'userBackgroundSessionsEnabled': false,
               'identityCenterInstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef'},
             'jobLevelCostAllocationConfiguration': {'enabled': true}}
            """
                .formatted("0".repeat(64)));
    assertThat(reply.status()).as(reply.message()).isEqualTo(200);
  }
}
