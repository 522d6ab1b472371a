package io.sparkgate.sandbox.spark;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/** Tells where the Spark UI of a job run is, as soon as it has one. */
public final class JobPlugin implements SparkPlugin {

  /** Made by Spark. */
  public JobPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new Teller();
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null;
  }

  private static final class Teller implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      JobMain.tell(new Signal.Ready(0, spark.uiWebUrl().getOrElse(() -> "")));
      return Map.of();
    }
  }
}
