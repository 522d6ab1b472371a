package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication.WorkerTypeSpecificationInputProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplicationProps;

/** The images of an application's workers: one for all, or one for each of the two types. */
public final class WorkerImages {

  private final List<WorkerImage> images;

  private WorkerImages(List<WorkerImage> images) {
    this.images = images;
  }

  /**
   * One image for all workers.
   *
   * @param image the image
   * @return the images
   */
  public static WorkerImages all(WorkerImage image) {
    return new WorkerImages(List.of(requireNonNull(image, "image")));
  }

  /**
   * An image for each type of worker; the service takes both or none.
   *
   * @param driver of Spark's driver, or of Hive's
   * @param executor of executors, or of the tasks of Tez
   * @return the images
   */
  public static WorkerImages of(WorkerImage driver, WorkerImage executor) {
    return new WorkerImages(
        List.of(requireNonNull(driver, "driver"), requireNonNull(executor, "executor")));
  }

  void check(
      Findings findings, CpuArchitecture architecture, ReleaseLabel releaseLabel, Stack stack) {
    images.forEach(image -> image.check(findings, architecture, releaseLabel, stack));
  }

  void admitService(Findings findings, Stack stack) {
    images.stream().distinct().forEach(image -> image.admitService(findings, stack));
  }

  void render(CfnApplicationProps.Builder application, List<String> workers) {
    if (images.size() == 1) {
      application.imageConfiguration(images.get(0).render());
      return;
    }
    Map<String, WorkerTypeSpecificationInputProperty> byType = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      byType.put(
          workers.get(i),
          WorkerTypeSpecificationInputProperty.builder()
              .imageConfiguration(images.get(i).render())
              .build());
    }
    application.workerTypeSpecifications(byType);
  }
}
