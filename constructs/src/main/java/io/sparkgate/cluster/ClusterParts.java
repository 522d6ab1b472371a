package io.sparkgate.cluster;

import static java.util.Map.entry;

import io.sparkgate.border.ClusterHooks;
import io.sparkgate.border.Hooks;
import io.sparkgate.internal.ClusterPermissions;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Upstream;
import io.sparkgate.network.SparkConnectNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.emr.CfnSecurityConfiguration;
import software.amazon.awscdk.services.emr.CfnStep;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.amazon.awscdk.services.ssm.CfnDocument;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The resources of a cluster, and in which order CloudFormation makes and deletes them. */
final class ClusterParts {

  private final Construct scope;
  private final ClusterSettings settings;
  private final ClusterNetwork network;
  private final ClusterGroups groups;
  private final ClusterRoles roles;
  private final ServerConf conf;
  private final ClusterFunction function;
  private final ClusterResource resource;
  private final CfnStep install;
  private final CustomResource server;
  private final CustomResource beforeDelete;
  private final CfnDocument document;
  private @Nullable Authentication authentication;
  private @Nullable Secret token;
  private @Nullable String targetGroupArn;

  ClusterParts(Construct scope, Findings findings, ClusterSettings settings) {
    this.scope = scope;
    this.settings = settings;
    Stack stack = Stack.of(scope);
    new ClusterChecks(findings, settings, stack).check();
    conf = ServerConf.of(findings, settings);
    InstallStep step = new InstallStep(scope, findings, settings.server);
    SparkConnectNetwork made = settings.network(scope);
    network = ClusterNetwork.of(made);
    network.check(findings, made, stack);

    groups = ClusterGroups.in(scope, network.vpc());
    ClusterStores stores = ClusterStores.of(scope, settings.logBucket, settings.encryptionKey);
    roles =
        new ClusterRoles(scope, settings.serviceRole, settings.nodeRole, stores.key().getKeyArn());
    allowNodes(step, stores);
    CfnSecurityConfiguration security = stores.securityConfiguration(scope);

    function = new ClusterFunction(scope, settings.onDelete.getMaxWaitMinutes());
    resource =
        new ClusterResource(
            scope,
            ClusterRendering.props(
                settings,
                name(),
                stores.logUri(),
                roles,
                groups,
                network,
                security.getRef(),
                ClusterFunction.tag(scope)));
    resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
    network.subnetIds().forEach(id -> Upstream.note(scope, id));
    Upstream.note(scope, stores.key().getKeyArn());
    Upstream.note(scope, roles.node().role().getRoleName());
    // Roles must be able to act before it starts, and rules and ways out must outlive it.
    resource.getNode().addDependency(groups.all());
    resource.getNode().addDependency(network.ways(made, stack).toArray(IConstruct[]::new));
    resource.getNode().addDependency(roles.ready().toArray(IConstruct[]::new));
    resource.getNode().addDependency(beforeReplacement());

    install = step.on(resource.getRef(), () -> conf.settings(authentication), this::tokenArn);
    install.getNode().addDependency(roles.node().ready().toArray(IConstruct[]::new));
    IConstruct watch = function.mayWatch(clusterArn());
    server = serverReady(stores.logUri());
    server.getNode().addDependency(watch);
    beforeDelete = beforeDelete();
    beforeDelete.getNode().addDependency(watch, server);
    document = SessionDocument.in(scope);
    keepUntilDeleted(document);
    for (IConstruct theirs : List.of(roles.node().role(), stores.logs())) {
      if (isInThisStack(theirs)) {
        keepUntilDeleted(theirs);
      }
    }
  }

  /** Deletes these only when nobody refuses to delete the cluster any more. */
  void keepUntilDeleted(Findings findings, IConstruct... constructs) {
    for (IConstruct construct : constructs) {
      if (isInThisStack(construct)) {
        keepUntilDeleted(construct);
      } else {
        findings.warn("keptElsewhere", ClusterChecks.keptElsewhere(construct, scope));
      }
    }
  }

  private void keepUntilDeleted(IConstruct construct) {
    beforeDelete.getNode().addDependency(construct);
  }

  private boolean isInThisStack(IConstruct construct) {
    return Stack.of(construct).equals(Stack.of(scope));
  }

  private void allowNodes(InstallStep step, ClusterStores stores) {
    GivenRole node = roles.node();
    node.allow(ClusterPermissions.nodes(step.objects(), stores.logObjects()));
    IKey keyOfLogs = stores.logs().getEncryptionKey();
    if (keyOfLogs != null) {
      node.allow(ClusterPermissions.usesKey(keyOfLogs.getKeyArn()));
    }
    node.warnIfUnchanged("docs/security.md has the statements of a node role");
  }

  /** What the server asks of callers; the token is of the cluster, whose nodes read it. */
  void authenticateBy(Authentication authentication) {
    this.authentication = authentication;
    if (authentication.isByToken()) {
      token =
          Secret.Builder.create(scope, "Token")
              .description("What callers of Spark Connect present")
              .generateSecretString(
                  SecretStringGenerator.builder()
                      .passwordLength(43)
                      .excludePunctuation(true)
                      .build())
              .build();
      roles.node().allow(ClusterPermissions.readsSecret(token.getSecretArn()));
    }
  }

  /** Deletes this before the cluster, and asks its metrics whether the cluster is in use. */
  void frontedBy(IConstruct endpoint, String targetGroupArn) {
    this.targetGroupArn = targetGroupArn;
    keepUntilDeleted(endpoint);
  }

  String clusterId() {
    return resource.getRef();
  }

  String clusterArn() {
    return Stack.of(scope)
        .formatArn(
            ArnComponents.builder()
                .service("elasticmapreduce")
                .resource("cluster")
                .resourceName(resource.getRef())
                .build());
  }

  String stepId() {
    return install.getRef();
  }

  String primaryInstanceId() {
    return server.getAttString(ClusterHooks.PRIMARY_INSTANCE_ID);
  }

  String document() {
    return document.getRef();
  }

  ClusterNetwork network() {
    return network;
  }

  ClusterGroups groups() {
    return groups;
  }

  ClusterRoles roles() {
    return roles;
  }

  ServerConf conf() {
    return conf;
  }

  ClusterFunction function() {
    return function;
  }

  @Nullable Secret token() {
    return token;
  }

  private CustomResource serverReady(String logUri) {
    return function.resource(
        scope,
        "ServerReady",
        ClusterHooks.SERVER,
        Ordered.map(
            entry(ClusterHooks.CLUSTER_ID, resource.getRef()),
            entry(ClusterHooks.STEP_ID, install.getRef()),
            entry(ClusterHooks.LOG_URI, logUri)));
  }

  private Optional<String> tokenArn() {
    return Optional.ofNullable(token).map(Secret::getSecretArn);
  }

  private String name() {
    return Names.uniqueResourceName(
            scope, UniqueResourceNameOptions.builder().separator("-").maxLength(100).build())
        + "-"
        + settings.generation;
  }

  /** Asked before a change that would replace the cluster, of all that could. */
  private CustomResource beforeReplacement() {
    return function.resource(
        scope,
        "BeforeReplacement",
        ClusterHooks.BEFORE_REPLACEMENT,
        Ordered.map(
            entry(ClusterHooks.GENERATION, Integer.toString(settings.generation)),
            entry(ClusterHooks.PROPERTIES, Lazy.uncachedAny(context -> resource.replacing()))));
  }

  private CustomResource beforeDelete() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(ClusterHooks.CLUSTER_ID, resource.getRef());
    properties.put(
        Hooks.POLICY, Lazy.string(() -> isRetained() ? Hooks.RETAIN : settings.onDelete.getName()));
    if (settings.onDelete.getMaxWaitMinutes() > 0) {
      properties.put(Hooks.MAX_WAIT_MINUTES, settings.onDelete.getMaxWaitMinutes());
    }
    properties.put(ClusterHooks.TARGET_GROUP_ARN, Lazy.uncachedAny(context -> targetGroupArn));
    return function.resource(scope, "BeforeDelete", ClusterHooks.BEFORE_DELETE, properties);
  }

  /** Whoever retains a cluster wants it to run on; that may be said after this was made. */
  private boolean isRetained() {
    CfnDeletionPolicy policy = resource.getCfnOptions().getDeletionPolicy();
    return policy == CfnDeletionPolicy.RETAIN
        || policy == CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  }
}
