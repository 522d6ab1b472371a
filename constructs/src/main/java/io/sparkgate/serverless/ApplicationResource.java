package io.sparkgate.serverless;

import io.sparkgate.internal.Content;
import io.sparkgate.internal.Upstream;
import io.sparkgate.spark.Classification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TagManager;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ConfigurationObjectProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.IdentityCenterConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MaximumAllowedResourcesProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplicationProps;
import software.constructs.Construct;

/** The settings in the words of CloudFormation. */
final class ApplicationResource extends CfnApplication implements Content {

  private final Map<String, Object> overrides = new TreeMap<>();
  private final Stack stack;
  private final TagManager tagsOfStack;

  ApplicationResource(
      Construct scope, ApplicationSettings settings, Optional<ApplicationNetwork> network) {
    super(scope, "Resource", props(scope, settings, network));
    stack = Stack.of(scope);
    tagsOfStack = stack.getTags();
    network.ifPresent(given -> given.ids().forEach(id -> Upstream.note(this, id)));
    settings.logs.getEncryptionKeyArn().ifPresent(key -> Upstream.note(this, key));
  }

  /** The CDK keeps overrides to itself, so what passes by is noted. */
  @Override
  public void addOverride(String path, Object value) {
    super.addOverride(path, value);
    if (path.startsWith("Properties")) {
      overrides.put(path, value);
    }
  }

  /** The stack's own tags, too, because CloudFormation hands them on to what it deploys. */
  @Override
  public Map<String, Object> content() {
    Map<String, List<Object>> content = new TreeMap<>();
    getCfnProperties()
        .forEach((property, value) -> content.put(property, new ArrayList<>(Arrays.asList(value))));
    overrides.forEach(
        (path, value) -> {
          String[] steps = path.split("\\.");
          String property = steps.length > 1 ? decapitalized(steps[1]) : path;
          content
              .computeIfAbsent(property, p -> new ArrayList<>())
              .addAll(Arrays.asList(path, value));
        });
    content.put("tags of the stack", List.of(tagsOfStack.tagValues()));
    Map<String, Object> resolved = new TreeMap<>();
    ((Map<?, ?>) stack.resolve(content))
        .forEach((property, value) -> resolved.put(String.valueOf(property), value));
    return resolved;
  }

  private static String decapitalized(String property) {
    return property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1);
  }

  private static CfnApplicationProps props(
      Construct scope, ApplicationSettings settings, Optional<ApplicationNetwork> network) {
    CfnApplicationProps.Builder application =
        CfnApplicationProps.builder()
            .name(settings.applicationName(scope))
            .type(settings.type.engine())
            .releaseLabel(settings.releaseLabel.getLabel())
            .architecture(settings.architecture.name())
            .autoStartConfiguration(settings.autoStop.renderStart())
            .autoStopConfiguration(settings.autoStop.renderStop())
            .monitoringConfiguration(settings.monitoring(Stack.of(scope)));
    settings.type.interactive().ifPresent(application::interactiveConfiguration);
    settings
        .type
        .identityCenterInstance()
        .map(ApplicationResource::identities)
        .ifPresent(application::identityCenterConfiguration);
    settings.images().ifPresent(images -> images.render(application, settings.type.workers()));
    settings.jobQueue().flatMap(JobQueue::render).ifPresent(application::schedulerConfiguration);
    settings
        .capacityLimit
        .most()
        .map(ApplicationResource::maximum)
        .ifPresent(application::maximumCapacity);
    settings
        .warmPool()
        .map(pool -> pool.render(settings.type.workers()))
        .ifPresent(application::initialCapacity);
    List<Classification> runtime = settings.runtime.classifications();
    if (!runtime.isEmpty()) {
      application.runtimeConfiguration(
          runtime.stream().map(ApplicationResource::configuration).toList());
    }
    network.map(ApplicationNetwork::render).ifPresent(application::networkConfiguration);
    return application.build();
  }

  private static IdentityCenterConfigurationProperty identities(String instanceArn) {
    return IdentityCenterConfigurationProperty.builder()
        .identityCenterInstanceArn(instanceArn)
        .build();
  }

  private static MaximumAllowedResourcesProperty maximum(Capacity most) {
    return MaximumAllowedResourcesProperty.builder()
        .cpu(most.vcpu() + " vCPU")
        .memory(most.memoryGb() + " GB")
        .disk(most.diskGb() + " GB")
        .build();
  }

  private static ConfigurationObjectProperty configuration(Classification classification) {
    return ConfigurationObjectProperty.builder()
        .classification(classification.name())
        .properties(classification.properties())
        .build();
  }
}
