package io.sparkgate.test;

import io.sparkgate.dashboard.LogQueries;
import io.sparkgate.dashboard.SparkConnectAlarms;
import io.sparkgate.dashboard.SparkConnectDashboard;
import io.sparkgate.monitor.SessionMonitor;
import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.warm.WarmHours;
import io.sparkgate.warm.WorkingHours;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;

/**
 * Warm hours, dashboards, alarms and queries as strangers lay them out: beside the application, in
 * another stack, in a nested one, and of one that is imported.
 */
final class Looks {

  static final List<String> STACKS = List.of("Warm", "Seen", "Imported");

  private static final WorkingHours HOURS = WorkingHours.of("Europe/Berlin", "08:00", "18:00");

  private Looks() {}

  static Synthesized synthesize(Path directory) {
    app(directory).synth();
    return new Synthesized(directory);
  }

  /** All in the stack of the application. */
  static Synthesized synthesizeBeside(Path directory) {
    App app = empty(directory);
    Stack stack = new Stack(app, "Beside");
    look(stack, warm(stack));
    app.synth();
    return new Synthesized(directory);
  }

  static App app(Path directory) {
    App app = empty(directory);
    EmrServerlessApplication application = warm(new Stack(app, "Warm"));
    Stack seen = new Stack(app, "Seen");
    look(seen, application);
    look(new NestedStack(seen, "Nested"), application);
    Stack imported = new Stack(app, "Imported");
    look(
        imported,
        EmrServerlessApplication.fromApplicationAttributes(
            imported,
            "Application",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .applicationName("spark")
                .build()));
    return app;
  }

  private static App empty(Path directory) {
    return new App(
        AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
  }

  private static EmrServerlessApplication warm(Stack warm) {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(warm, "Application")
            .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
            .capacityLimit(CapacityLimit.of(16, 64, 320))
            .autoStop(AutoStop.after(WarmHours.autoStop(HOURS)))
            .build();
    WarmHours.Builder.create(warm, "WarmHours").application(application).hours(HOURS).build();
    return application;
  }

  private static void look(Stack stack, IEmrServerlessApplication application) {
    SessionMonitor monitor =
        SessionMonitor.Builder.create(stack, "Monitor").watch(application).withoutUsage().build();
    SparkConnectDashboard.Builder.create(stack, "Dashboard")
        .application(application)
        .monitor(monitor)
        .build();
    SparkConnectAlarms.Builder.create(stack, "Alarms")
        .application(application)
        .monitor(monitor)
        .dollarsPerDay(100)
        .build();
    LogQueries.Builder.create(stack, "Queries").application(application).monitor(monitor).build();
  }
}
