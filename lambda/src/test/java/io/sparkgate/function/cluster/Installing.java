package io.sparkgate.function.cluster;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.stub.CloudFormationStub;
import io.sparkgate.function.stub.CloudWatchStub;
import io.sparkgate.function.stub.EmrStub;
import io.sparkgate.function.stub.LoadBalancingStub;
import io.sparkgate.function.stub.StubClients;
import io.sparkgate.function.stub.StubCluster;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.emr.EmrClient;

/**
 * The function with the real clients against the stubs, called as the framework does. Cluster j-1
 * waits, its step s-1 runs, and its primary node is i-1.
 */
final class Installing implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  final EmrStub emr = EmrStub.start();
  final LoadBalancingStub loadBalancing = LoadBalancingStub.start();
  final CloudWatchStub cloudWatch = CloudWatchStub.start();
  final CloudFormationStub cloudFormation = CloudFormationStub.start();
  final StubCluster cluster = emr.cluster("j-1").primary("i-1").step("s-1", "RUNNING");

  private final Services services =
      new Services(
          StubClients.of(EmrClient.builder(), emr.uri()),
          StubClients.of(ElasticLoadBalancingV2Client.builder(), loadBalancing.uri()),
          StubClients.of(CloudWatchClient.builder(), cloudWatch.uri()),
          StubClients.of(CloudFormationClient.builder(), cloudFormation.uri()));
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = NOW;
  private final ClusterHandler handler =
      new ClusterHandler(
          services,
          Calls.LIMIT,
          new PrintStream(written, true, StandardCharsets.UTF_8),
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  Installing() {
    cloudFormation.update(Events.STACK_ID, "UPDATE_IN_PROGRESS", NOW);
  }

  /** CloudFormation takes back the update that it is in. */
  void goBack() {
    cloudFormation.update(Events.STACK_ID, "UPDATE_ROLLBACK_IN_PROGRESS", NOW);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The first call for a request; gives the event of all further ones. */
  Map<String, Object> begin(Map<String, Object> event) {
    Map<String, Object> merged = new HashMap<>(event);
    merged.putAll(invoke(event));
    return merged;
  }

  /** The first two calls for a request; gives the answer of the second. */
  Map<String, Object> ask(Map<String, Object> event) {
    return invoke(begin(event));
  }

  Map<String, Object> invoke(Map<String, Object> event) {
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(JSON.std.asBytes(event)),
          answer,
          StubContext.of(Duration.ofMinutes(1)));
      return JSON.std.mapFrom(answer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }

  /** The last line that was printed. */
  String record() {
    return printed().lines().reduce((first, second) -> second).orElse("");
  }

  @Override
  public void close() {
    services.emr().close();
    services.loadBalancing().close();
    services.cloudWatch().close();
    services.cloudFormation().close();
    emr.close();
    loadBalancing.close();
    cloudWatch.close();
    cloudFormation.close();
  }
}
