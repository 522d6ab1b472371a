package io.sparkgate;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.access.SessionOwner;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.lifecycle.ApplicationLifecycle;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.Feature;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/** What the builder was told of each part, and what a part is without. */
final class PlatformParts {

  @Nullable SparkConnectNetwork network;
  @Nullable IRole executionRole;
  SessionOwner sessionOwner = SessionOwner.userId();
  final List<Feature> features = new ArrayList<>();
  Consumer<EmrServerlessApplication.Builder> application = settings -> {};
  Consumer<ConnectionParameters.Builder> connectionParameters = settings -> {};
  boolean hasConnectionParameters = true;
  Consumer<IdleSessionReaper.Builder> reaper = settings -> {};
  boolean isMonitored = false;
  Consumer<SessionMonitor.Builder> monitor = settings -> {};
  @Nullable IEventBus eventBus;
  Consumer<ApplicationLifecycle.Builder> lifecycle = settings -> {};
  final List<IAlarmAction> alarmActions = new ArrayList<>();
  final PlatformLooks looks = new PlatformLooks();

  SparkConnectNetwork network(Construct platform) {
    looks.check(platform, isMonitored);
    return network != null
        ? network
        : SparkConnectNetwork.Builder.create(platform, "Network")
            .serviceEndpoints(
                features.stream()
                    .flatMap(feature -> feature.endpoints().stream())
                    .toArray(PrivateEndpoint[]::new))
            .build();
  }

  EmrServerlessApplication application(Construct platform, SparkConnectNetwork network) {
    EmrServerlessApplication.Builder settings =
        EmrServerlessApplication.Builder.create(platform, "Application")
            .vpc(network.getVpc(), network.getSubnets())
            .securityGroups(List.of(network.getSecurityGroup()));
    features.forEach(settings::with);
    looks.prepare(settings);
    application.accept(settings);
    EmrServerlessApplication made = settings.build();
    if (!made.takesSessions()) {
      throw new IllegalArgumentException(
          """
          %s: application received %s, but a platform is for Spark Connect sessions; use \
          ApplicationType.spark(), or an EmrServerlessApplication alone"""
              .formatted(platform.getNode().getPath(), made.getType()));
    }
    return made;
  }

  IRole executionRole(Construct platform) {
    return executionRole != null
        ? executionRole
        : SessionExecutionRole.Builder.create(platform, "ExecutionRole").build().getRole();
  }

  Optional<ConnectionParameters> connectionParameters(
      Construct platform, EmrServerlessApplication application, IRole executionRole) {
    if (!hasConnectionParameters) {
      return Optional.empty();
    }
    ConnectionParameters.Builder settings =
        ConnectionParameters.Builder.create(platform, "ConnectionParameters")
            .application(application)
            .executionRole(executionRole)
            .sessionOwner(sessionOwner);
    connectionParameters.accept(settings);
    return Optional.of(settings.build());
  }

  IdleSessionReaper reaper(Construct platform, EmrServerlessApplication application) {
    IdleSessionReaper.Builder settings =
        IdleSessionReaper.Builder.create(platform, "Reaper").watch(application);
    alarmActions.forEach(settings::alarmAction);
    if (isMonitored || eventBus != null) {
      settings.eventBus(eventBus(platform));
    }
    reaper.accept(settings);
    return settings.build();
  }

  Optional<SessionMonitor> monitor(
      Construct platform,
      SparkConnectNetwork network,
      EmrServerlessApplication application,
      IdleSessionReaper reaper,
      Optional<ConnectionParameters> connectionParameters) {
    if (!isMonitored) {
      return Optional.empty();
    }
    SessionMonitor.Builder settings =
        SessionMonitor.Builder.create(platform, "Monitor")
            .watch(application)
            .idlePolicy(reaper.getIdlePolicy())
            .eventBus(eventBus(platform))
            .subnets(subnets(network));
    connectionParameters.map(ConnectionParameters::getPrefix).ifPresent(settings::parameterPrefix);
    alarmActions.forEach(settings::alarmAction);
    monitor.accept(settings);
    SessionMonitor made = settings.build();
    made.explainFrom(reaper);
    return Optional.of(made);
  }

  static List<ISubnet> subnets(SparkConnectNetwork network) {
    return network.getVpc().selectSubnets(network.getSubnets()).getSubnets();
  }

  private IEventBus eventBus(Construct platform) {
    if (eventBus == null) {
      eventBus = EventBus.fromEventBusName(platform, "DefaultBus", "default");
    }
    return eventBus;
  }

  SessionGuard guard(Construct platform, EmrServerlessApplication application) {
    SessionGuard.Builder settings =
        SessionGuard.Builder.create(platform, "Guard").watch(application);
    alarmActions.forEach(settings::alarmAction);
    return settings.build();
  }

  ApplicationLifecycle lifecycle(Construct platform, EmrServerlessApplication application) {
    ApplicationLifecycle.Builder settings =
        ApplicationLifecycle.Builder.create(platform, "Lifecycle").application(application);
    lifecycle.accept(settings);
    return settings.build();
  }
}
