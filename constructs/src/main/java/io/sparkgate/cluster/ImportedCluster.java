package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.Construct;

/** A cluster that another stack owns. */
final class ImportedCluster extends SparkConnectClusterBase {

  private static final Pattern ID = Pattern.compile("j-[0-9A-Z]{1,32}");

  /** Spark's own. */
  private static final long STREAM_SECONDS = 120;

  private final Findings findings = new Findings(this);
  private final SparkConnectClusterAttributes known;

  ImportedCluster(Construct scope, String id, SparkConnectClusterAttributes attributes) {
    super(scope, id);
    known = attributes;
    findings.errorIf(
        !Tokens.isUnresolved(known.getClusterId()) && !ID.matcher(known.getClusterId()).matches(),
        "clusterId '%s' is not the id of a cluster of EMR; use one such as j-2AXXXXXXGAPLF"
            .formatted(known.getClusterId()));
  }

  @Override
  public String getClusterId() {
    return known.getClusterId();
  }

  @Override
  public String getClusterArn() {
    return getStack()
        .formatArn(
            ArnComponents.builder()
                .service("elasticmapreduce")
                .resource("cluster")
                .resourceName(known.getClusterId())
                .build());
  }

  @Override
  public String getPrimaryInstanceId() {
    return require(known.getPrimaryInstanceId(), "primaryInstanceId");
  }

  @Override
  public ISecurityGroup getAccessGroup() {
    return require(known.getAccessGroup(), "accessGroup");
  }

  @Override
  public String getSessionDocument() {
    return require(known.getSessionDocument(), "sessionDocument");
  }

  @Override
  public IVpc getVpc() {
    return require(known.getVpc(), "vpc");
  }

  @Override
  public List<ISubnet> getSubnets() {
    return known.getSubnets();
  }

  private <T> T require(Optional<T> attribute, String name) {
    return attribute.orElseThrow(
        () ->
            findings.error(
                """
                %s of the imported cluster is needed here and not known; import it with \
                SparkConnectCluster.fromClusterAttributes and %1$s"""
                    .formatted(name)));
  }

  @Override
  List<String> sessionDocuments() {
    return known.getSessionDocument().stream().toList();
  }

  /** Of its own, because that of the cluster's stack is not known. */
  @Override
  ClusterFunction function(Construct endpoint) {
    return new ClusterFunction(endpoint, 0);
  }

  @Override
  Optional<String> stepId(Construct endpoint) {
    return Optional.empty();
  }

  @Override
  OptionalLong streamSeconds() {
    return OptionalLong.of(STREAM_SECONDS);
  }

  @Override
  Optional<ISecret> token() {
    return known.getTokenSecret();
  }

  /** What its server checks was said where it was made. */
  @Override
  void attach(Construct endpoint, Authentication authentication) {
    if (authentication.isByToken()) {
      require(known.getTokenSecret(), "tokenSecret");
    } else {
      new Findings(endpoint)
          .warn(
              "ownersOfImportedCluster",
              """
              cluster %s is imported, so nothing here makes its server compare names with \
              certificates: whoever has a certificate may call itself anybody; acknowledge this if \
              the server was started with the OwnerInterceptor"""
                  .formatted(getNode().getPath()));
    }
  }

  @Override
  void attached(Construct endpoint, String targetGroupArn) {}
}
