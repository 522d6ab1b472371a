package io.sparkgate.serverless;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.SessionOwner;
import java.util.Optional;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/** An EMR Serverless application with sessions and job runs, made here or elsewhere. */
public interface IEmrServerlessApplication extends IResource {

  /**
   * Returns the id of the application.
   *
   * @return for example {@code 00f1cb5c6anuij25}
   */
  String getApplicationId();

  /**
   * Returns the ARN of the application.
   *
   * @return {@code arn:<partition>:emr-serverless:<region>:<account>:/applications/<id>}
   */
  String getApplicationArn();

  /**
   * Lets principals start sessions and use those that carry their own user id.
   *
   * @param developers who
   * @param executionRole the role that the sessions run as, and the only one that may be passed
   * @return the grant
   * @see SessionOwner#userId()
   */
  Grant grantDevelop(IGrantable developers, IRole executionRole);

  /**
   * Lets principals start sessions and use those that they own. Warns ({@code
   * \@sparkgate/constructs:sharedSessions}) if the owner is {@link SessionOwner#anyone()}. Fails at
   * synth if EMR Serverless cannot assume the execution role, and warns ({@code
   * \@sparkgate/constructs:importedExecutionRole}) if that is not known.
   *
   * <p>Of an application that is made here, the execution role gets a permission too: to write the
   * logs. The grant that is returned contains it. And where such an application starts by itself,
   * developers may call StartApplication, as notebooks do before a session; of others that is not
   * known, so {@link #grant} it.
   *
   * @param developers who
   * @param executionRole the role that the sessions run as, and the only one that may be passed
   * @param owner how the owner of a session is recognised
   * @return the grant
   * @throws IllegalArgumentException if developers are a {@link DeveloperRole} that recognises
   *     owners otherwise, or no policy of this account reaches them
   */
  Grant grantDevelop(IGrantable developers, IRole executionRole, SessionOwner owner);

  /**
   * Lets principals start job runs, and see and cancel those that carry their own user id.
   *
   * @param submitters who
   * @param executionRole the role that the runs have, and the only one that may be passed
   * @return the grant
   * @see SessionOwner#userId()
   */
  Grant grantSubmit(IGrantable submitters, IRole executionRole);

  /**
   * Lets principals start job runs, and see and cancel those that they own, Spark UI and logs
   * included. It opens no session: but a job reads and writes whatever its execution role may.
   * Warns, fails and grants the execution role to write logs as {@link #grantDevelop(IGrantable,
   * IRole, SessionOwner)} does; the warning of an absent owner is {@code
   * \@sparkgate/constructs:sharedJobRuns}. Warns ({@code \@sparkgate/constructs:runsWithoutOwner})
   * where the application has Livy or EMR Studio, whose runs a submitter can make its own.
   *
   * @param submitters who
   * @param executionRole the role that the runs have, and the only one that may be passed
   * @param owner how the owner of a run is recognised
   * @return the grant
   * @throws IllegalArgumentException if submitters are a {@link DeveloperRole} that recognises
   *     owners otherwise, or no policy of this account reaches them
   */
  Grant grantSubmit(IGrantable submitters, IRole executionRole, SessionOwner owner);

  /**
   * Looks whether a job can run here, and speaks in the name of what starts it. Settings are
   * checked as those of the application are; of one that is made here, together with its own, and
   * against its capacity limit, its release and its features. The key of the job's logs lets the
   * services use it.
   *
   * @param starter the construct that starts the job
   * @param executionRole the role that the run has
   * @param job the job
   * @throws IllegalArgumentException if the application is in another account or Region, or the job
   *     could not run
   */
  void checkJob(Construct starter, IRole executionRole, JobTraits job);

  /**
   * {@return the ARN of the key of the logs, which whoever starts a run must be allowed to use;
   * empty if it is AWS's own, or not known}
   */
  Optional<String> getLogKeyArn();

  /**
   * Lets principals work with Livy: start the application, use its Livy endpoint, and see the Spark
   * UI of all its job runs, for there is no action for Livy's alone. The service keeps Livy
   * sessions apart by the caller's principal and, where people share a role, by the source identity
   * with which they assumed it: require {@code sts:SourceIdentity} in that role's trust.
   *
   * @param people who
   * @param executionRole the role that the sessions run as, and the only one that may be passed
   * @return the grant
   * @throws IllegalArgumentException if the application has no Livy endpoint, or no policy of this
   *     account reaches them
   */
  Grant grantLivy(IGrantable people, IRole executionRole);

  /**
   * Lets principals attach notebooks of EMR Studio to the application, which starts it. Whatever
   * the studio itself needs is granted where it is made.
   *
   * @param people who
   * @param executionRole the role that kernels run as, and the only one that may be passed
   * @return the grant
   * @throws IllegalArgumentException if the application takes no kernels, or no policy of this
   *     account reaches them
   */
  Grant grantStudio(IGrantable people, IRole executionRole);

  /** {@return whether it takes Spark Connect sessions; true if that is not known} */
  boolean takesSessions();

  /**
   * Lets principals list and end everybody's sessions and job runs, but connect to none and read no
   * Spark UI.
   *
   * @param operators who
   * @return the grant
   * @throws IllegalArgumentException if no policy of this account reaches them
   */
  Grant grantOperate(IGrantable operators);

  /**
   * Lets principals see the application, its sessions and its job runs, and denies them to connect
   * and to open the Spark UI of a run.
   *
   * @param viewers who
   * @return the grant
   * @throws IllegalArgumentException if no policy of this account reaches them
   */
  Grant grantView(IGrantable viewers);

  /**
   * Lets principals do what is named: each action on the application, on all of its sessions, on
   * all of its job runs, or on the three, by what it acts on. Warns ({@code
   * \@sparkgate/constructs:sessionsOfOthers}) of an action that reaches sessions whoever owns them;
   * {@link #grantDevelop(IGrantable, IRole)} asks for the owner, and grants {@code iam:PassRole},
   * which starting a session needs too.
   *
   * @param grantee who
   * @param actions whole names, such as {@code emr-serverless:GetApplication}; no wildcards
   * @return the grant
   * @throws IllegalArgumentException if there is no action, one that acts on none of these, or no
   *     policy of this account reaches the grantee
   */
  Grant grant(IGrantable grantee, String... actions);

  /**
   * Returns a metric that the service emits for the application, of release 7.10 or later, every
   * minute. It emits none of sessions.
   *
   * @param name such as {@code RunningWorkerCount}
   * @return the average over 5 minutes
   * @throws IllegalArgumentException if the application is imported without its name
   */
  Metric metric(String name);

  /**
   * Returns a metric that the service emits for the application.
   *
   * @param name such as {@code RunningWorkerCount}
   * @param options what is different from {@link #metric(String)}
   * @return the metric
   * @throws IllegalArgumentException if the application is imported without its name
   */
  Metric metric(String name, MetricOptions options);

  /** {@return the vCPUs that are allocated, on average over 5 minutes} */
  default Metric metricCpuAllocated() {
    return metric("CPUAllocated");
  }

  /** {@return the GB of memory that are allocated, on average over 5 minutes} */
  default Metric metricMemoryAllocated() {
    return metric("MemoryAllocated");
  }

  /** {@return the GB of disk that are allocated, on average over 5 minutes} */
  default Metric metricStorageAllocated() {
    return metric("StorageAllocated");
  }

  /** {@return the vCPUs that may be allocated, on average over 5 minutes} */
  default Metric metricMaxCpuAllowed() {
    return metric("MaxCPUAllowed");
  }

  /** {@return the GB of memory that may be allocated, on average over 5 minutes} */
  default Metric metricMaxMemoryAllowed() {
    return metric("MaxMemoryAllowed");
  }

  /** {@return the GB of disk that may be allocated, on average over 5 minutes} */
  default Metric metricMaxStorageAllowed() {
    return metric("MaxStorageAllowed");
  }

  /** {@return the workers that there are, on average over 5 minutes} */
  default Metric metricTotalWorkerCount() {
    return metric("TotalWorkerCount");
  }

  /** {@return the workers in use, on average over 5 minutes} */
  default Metric metricRunningWorkerCount() {
    return metric("RunningWorkerCount");
  }

  /** {@return the workers that idle, on average over 5 minutes} */
  default Metric metricIdleWorkerCount() {
    return metric("IdleWorkerCount");
  }

  /** {@return the workers that are waited for, on average over 5 minutes} */
  default Metric metricPendingCreationWorkerCount() {
    return metric("PendingCreationWorkerCount");
  }
}
