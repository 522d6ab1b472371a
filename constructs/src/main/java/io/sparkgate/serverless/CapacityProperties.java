package io.sparkgate.serverless;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InitialCapacityConfigKeyValuePairProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InitialCapacityConfigProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MaximumAllowedResourcesProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.WorkerConfigurationProperty;

/** Capacity in the words of CloudFormation. */
final class CapacityProperties {

  private CapacityProperties() {}

  static MaximumAllowedResourcesProperty maximum(CapacityLimit limit) {
    return MaximumAllowedResourcesProperty.builder()
        .cpu(limit.vcpu() + " vCPU")
        .memory(limit.memoryGb() + " GB")
        .disk(limit.diskGb() + " GB")
        .build();
  }

  static List<InitialCapacityConfigKeyValuePairProperty> initial(WarmPool pool) {
    List<InitialCapacityConfigKeyValuePairProperty> workers = new ArrayList<>();
    if (pool.driverCount() > 0) {
      workers.add(workers("Driver", pool.driverCount(), pool.driverSize()));
    }
    if (pool.executorCount() > 0) {
      workers.add(workers("Executor", pool.executorCount(), pool.executorSize()));
    }
    return workers;
  }

  private static InitialCapacityConfigKeyValuePairProperty workers(
      String type, int count, WorkerSize size) {
    return InitialCapacityConfigKeyValuePairProperty.builder()
        .key(type)
        .value(
            InitialCapacityConfigProperty.builder()
                .workerCount(count)
                .workerConfiguration(
                    WorkerConfigurationProperty.builder()
                        .cpu(size.vcpu() + " vCPU")
                        .memory(size.memoryGb() + " GB")
                        .disk(size.disk().sizeGb() + " GB")
                        .diskType(size.disk().shuffleOptimized() ? "SHUFFLE_OPTIMIZED" : "STANDARD")
                        .build())
                .build())
        .build();
  }
}
