package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class SparkConnectClusterTest {

  @Test
  void worksWithAnIdAlone() throws Exception {
    Stack stack = new Stack();
    SparkConnectCluster.Builder.create(stack, "Cluster").build();

    java.nio.file.Files.writeString(
        java.nio.file.Path.of("/tmp/cluster.json"),
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Template.fromStack(stack).toJSON()));
    assertThat(Template.fromStack(stack).findResources("AWS::EMR::Cluster")).hasSize(1);
  }
}
