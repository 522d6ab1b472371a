package io.sparkgate.dashboard;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What the service itself emits of an application: capacity, workers, job runs. */
record ServiceWidgets(Series series) {

  List<IWidget> capacity() {
    Metric usage = series.accountVcpu("vCPU of the account");
    return List.of(
        Widgets.lines(
            "vCPU that all EMR Serverless of the account uses, against its quota",
            "vCPU",
            List.of(usage, series.quota(usage, "quota"))),
        against(3, "vCPU that the application has, against its limit", "vCPU", "CPU"),
        against(3, "Memory that the application has, against its limit", "GB", "Memory"));
  }

  List<IWidget> workers() {
    return List.of(
        Widgets.stacked(
            "Workers in use that the warm pool had, and that had to be waited for",
            "workers",
            List.of(
                series.workers("RunningWorkerCount", "PreInitCapacity", "pool"),
                series.workers("RunningWorkerCount", "OnDemandCapacity", "on demand"))),
        Widgets.stacked(
            "Workers of the warm pool that wait, and cost money",
            "workers",
            List.of(series.workers("IdleWorkerCount", "PreInitCapacity", "pool"))),
        Widgets.lines(
            "Workers that are there, in use, and waited for",
            "workers",
            List.of(
                average("TotalWorkerCount", "there"),
                average("RunningWorkerCount", "in use"),
                average("PendingCreationWorkerCount", "waited for"))));
  }

  IWidget storage(int ofRow) {
    return against(ofRow, "Disk that the application has, against its limit", "GB", "Storage");
  }

  IWidget jobRuns(int ofRow) {
    return Widgets.lines(
        ofRow,
        "Job runs that run, and that failed",
        "job runs",
        List.of(
            series.ofService("RunningJobs", "Maximum", "running"),
            series.ofService("FailedJobs", "Sum", "failed")));
  }

  private IWidget against(int ofRow, String title, String unit, String what) {
    return Widgets.lines(
        ofRow,
        title,
        unit,
        List.of(
            average(what + "Allocated", "allocated"),
            average("Max" + what + "Allowed", "allowed")));
  }

  private IMetric average(String name, String label) {
    return series.ofService(name, "Average", label);
  }
}
