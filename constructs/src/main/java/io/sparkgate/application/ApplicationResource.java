package io.sparkgate.application;

import java.util.List;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStartConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InteractiveConfigurationProperty;
import software.constructs.Construct;

/** The settings in the words of CloudFormation, all but the network. */
final class ApplicationResource {

  private ApplicationResource() {}

  static CfnApplication.Builder of(Construct scope, ApplicationSettings settings) {
    CfnApplication.Builder application =
        CfnApplication.Builder.create(scope, "Resource")
            .type("SPARK")
            .releaseLabel(settings.releaseLabel.getLabel())
            .architecture(settings.architecture.name())
            .interactiveConfiguration(
                InteractiveConfigurationProperty.builder().sessionEnabled(true).build())
            .autoStartConfiguration(
                AutoStartConfigurationProperty.builder().enabled(settings.autoStart).build())
            .autoStopConfiguration(settings.autoStopConfiguration())
            .monitoringConfiguration(settings.logs().render());
    settings.applicationName().ifPresent(application::name);
    settings
        .capacityLimit()
        .map(CapacityProperties::maximum)
        .ifPresent(application::maximumCapacity);
    settings.warmPool().map(CapacityProperties::initial).ifPresent(application::initialCapacity);
    List<Classification> runtime = settings.runtimeConfiguration();
    if (!runtime.isEmpty()) {
      application.runtimeConfiguration(runtime.stream().map(Classification::render).toList());
    }
    return application;
  }
}
