package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.access.SessionExecutionRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;

/** What the documents show is compiled, synthesized and there. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  @Test
  void showsOnlyJavaThatCompiles() throws IOException {
    String compiled =
        unindented(Files.readString(Path.of("java/io/sparkgate/test/ReadmeExamples.java")));

    for (String page :
        List.of("README.md", "docs/ec2.md", "docs/lifecycle.md", "docs/network.md")) {
      assertThat(find(JAVA, ROOT.resolve(page)))
          .isNotEmpty()
          .allSatisfy(block -> assertThat(compiled).contains(unindented(block)));
    }
  }

  @Test
  void showsOnlyJavaThatSynthesizes() {
    Stack others = new Stack(new App(), "Others");
    Role people =
        Role.Builder.create(others, "People").assumedBy(new AccountRootPrincipal()).build();
    IRole role = SessionExecutionRole.Builder.create(others, "Execution").build().getRole();

    Stack fiveLines =
        new ReadmeExamples.FiveLines(others, Bucket.fromBucketName(others, "Lake", "lake"), people);
    Stack reaper = new ReadmeExamples.ReaperAlone(others);
    Stack roles = new ReadmeExamples.OneApplicationManyRoles(others, people, role, people, role);

    Stack drained = new ReadmeExamples.Drained(others);
    Stack blueAndGreen = new ReadmeExamples.BlueAndGreen(others, people);
    Stack hidden = new ReadmeExamples.Private(others);

    IBucket lake = Bucket.fromBucketName(others, "ClusterLake", "lake");
    Stack cluster = new ReadmeExamples.OneCluster(others, lake, people);
    Stack endpoint =
        new ReadmeExamples.ClusterWithEndpoint(
            others,
            Certificate.fromCertificateArn(
                others, "Certificate", "arn:aws:acm:eu-west-1:111122223333:certificate/1"),
            HostedZone.fromHostedZoneAttributes(
                others,
                "Zone",
                HostedZoneAttributes.builder()
                    .hostedZoneId("Z0123456789")
                    .zoneName("example.com")
                    .build()),
            TrustStore.fromTrustStoreArn(
                others,
                "TrustStore",
                "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/people/1"));

    Template.fromStack(cluster).resourceCountIs("AWS::EMR::Cluster", 1);
    Template.fromStack(endpoint).resourceCountIs("AWS::ElasticLoadBalancingV2::LoadBalancer", 1);
    Template.fromStack(drained).resourceCountIs("Custom::SparkgateBeforeUpdate", 1);
    Template.fromStack(blueAndGreen).resourceCountIs("AWS::EMRServerless::Application", 2);
    Template.fromStack(hidden).resourceCountIs("AWS::EC2::VPCEndpoint", 6);
    Template.fromStack(fiveLines).resourceCountIs("AWS::EMRServerless::Application", 1);
    Template.fromStack(fiveLines).resourceCountIs("AWS::Scheduler::Schedule", 2);
    Template.fromStack(reaper).resourceCountIs("AWS::EMRServerless::Application", 0);
    Template.fromStack(reaper).resourceCountIs("AWS::Lambda::Function", 1);
    Template.fromStack(roles).resourceCountIs("AWS::EMRServerless::Application", 1);
  }

  @Test
  void linksOnlyToFilesThatExist() throws IOException {
    List<Path> documents;
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      documents = files.filter(f -> f.toString().endsWith(".md")).collect(Collectors.toList());
    }
    documents.add(ROOT.resolve("README.md"));
    documents.add(ROOT.resolve("CONTRIBUTING.md"));

    for (Path document : documents) {
      for (String link : find(LINK, document)) {
        if (!link.contains("://")) {
          assertThat(document.resolveSibling(link)).as("linked from " + document).exists();
        }
      }
    }
  }

  private static List<String> find(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
