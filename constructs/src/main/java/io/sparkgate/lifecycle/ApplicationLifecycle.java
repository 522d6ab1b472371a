package io.sparkgate.lifecycle;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Hooks;
import io.sparkgate.border.TagKeys;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.lambda.IFunction;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Lets CloudFormation update and delete an application that is in use.
 *
 * <p>The service changes an application, even its tags, and deletes it only while it is stopped,
 * and whoever connects starts it. So before each update that touches the application, and before
 * its deletion, a function looks for live sessions and job runs, does about them what the {@link
 * StopPolicy} says, stops the application and lets CloudFormation go on. A deployment that leaves
 * the application alone is not delayed. Do not change the id of this construct: its deletion is
 * taken for that of the application.
 *
 * <pre>{@code
 * ApplicationLifecycle.Builder.create(this, "Lifecycle")
 *     .application(application)
 *     .onUpdate(StopPolicy.drain(Duration.minutes(30)))
 *     .build();
 * }</pre>
 */
public final class ApplicationLifecycle extends Construct {

  /** A tag's value has 256 characters; the name of a stack takes up to 128 of them. */
  private static final int LONGEST_NAME = 127;

  private static final int HASH = 8;

  private final Findings findings;
  private final Stack stack;
  private final StoppingFunction function;
  private final CustomResource beforeDelete;

  private ApplicationLifecycle(Builder props) {
    super(props.scope, props.id);
    findings = new Findings(this);
    stack = Stack.of(this);
    EmrServerlessApplication application = application(props);
    CfnApplication resource = (CfnApplication) application.getNode().getDefaultChild();
    String address = Aws.STACK_NAME + "/" + shortNameOf(resource, stack);
    resource.getTags().setTag(TagKeys.LIFECYCLE, address);
    getNode().addValidation(() -> LifecycleTag.problems(application, resource, address));

    int longestWait =
        Math.max(props.onUpdate.getMaxWaitMinutes(), props.onDelete.getMaxWaitMinutes());
    function = new StoppingFunction(this, address, Duration.minutes(longestWait));

    CustomResource beforeUpdate =
        hook(
            "BeforeUpdate",
            Hooks.BEFORE_UPDATE,
            props.onUpdate,
            new NoticedSettings(resource, stack, props.updateWhileStarted).toProperties());
    beforeUpdate.getNode().addDependency(function.ready().toArray(IConstruct[]::new));
    resource.getNode().addDependency(beforeUpdate);

    beforeDelete =
        hook(
            "BeforeDelete",
            Hooks.BEFORE_DELETE,
            props.onDelete,
            whatADeletionMeets(props, resource));
    beforeDelete.getNode().addDependency(function.ready().toArray(IConstruct[]::new));
    beforeDelete.getNode().addDependency(resource);
    if (props.onUpdate.endsWork() || props.onDelete.endsWork()) {
      beforeDelete.getNode().addDependency(function.mayEndWorkOf(application));
    }
  }

  /**
   * Keeps these until the application may go, so that a deletion that is refused leaves the service
   * whole. They must not depend on this construct. CloudFormation orders only what is in one stack:
   * of what is in another this warns ({@code \@sparkgate/constructs:keptElsewhere}), and it stays
   * for as long as its own stack does.
   *
   * @param constructs such as a reaper, or the roles of the people who use the application
   */
  public void keepUntilStopped(IConstruct... constructs) {
    List<IConstruct> kept = new ArrayList<>();
    for (IConstruct construct : constructs) {
      if (isInThisStack(construct)) {
        kept.add(construct);
      } else {
        findings.warn(
            "keptElsewhere",
            "keepUntilStopped received %s of stack %s, but keeps only what is in stack %s; delete stack %3$s first, and that one when it is gone"
                .formatted(
                    construct.getNode().getPath(),
                    Stack.of(construct).getNode().getPath(),
                    stack.getNode().getPath()));
      }
    }
    beforeDelete.getNode().addDependency(kept.toArray(IConstruct[]::new));
  }

  /**
   * Whether CloudFormation can order it and this.
   *
   * @param construct such as a role
   * @return false if it is in another stack, and so outlives this one or not by the order of stacks
   */
  public boolean isInThisStack(IConstruct construct) {
    return Stack.of(construct).equals(stack);
  }

  /**
   * Returns the function.
   *
   * @return the function that stops the application
   */
  public IFunction getFunction() {
    return function.function();
  }

  private EmrServerlessApplication application(Builder props) {
    if (props.application == null) {
      throw findings.error(
          "application received nothing, but takes the application to stop; call application(application)");
    }
    findings.errorIf(
        !isInThisStack(props.application),
        () ->
            """
        application received %s of stack %s, but takes one of its own stack, %s; make the \
        lifecycle where the application is made"""
                .formatted(
                    props.application.getNode().getPath(),
                    Stack.of(props.application).getNode().getPath(),
                    stack.getNode().getPath()));
    return props.application;
  }

  private CustomResource hook(String id, String type, StopPolicy policy, Map<String, Object> more) {
    Map<String, Object> properties = new LinkedHashMap<>(policy.toProperties());
    properties.putAll(more);
    return CustomResource.Builder.create(this, id)
        .resourceType(type)
        .serviceToken(function.serviceToken())
        .properties(properties)
        .build();
  }

  private static Map<String, Object> whatADeletionMeets(Builder props, CfnResource resource) {
    return Ordered.map(
        entry(Hooks.APPLICATION_ID, resource.getRef()),
        entry(
            Hooks.POLICY,
            Lazy.string(() -> isRetained(resource) ? Hooks.RETAIN : props.onDelete.getName())));
  }

  /** Whoever retains an application wants it to run on; that may be said after this was made. */
  private static boolean isRetained(CfnResource resource) {
    CfnDeletionPolicy policy = resource.getCfnOptions().getDeletionPolicy();
    return policy == CfnDeletionPolicy.RETAIN
        || policy == CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  }

  /** Known only when all ids are; long ones are cut, and told apart by a hash. */
  private static String shortNameOf(CfnResource resource, Stack stack) {
    String logicalId = resource.getLogicalId();
    return Lazy.uncachedString(
        context -> {
          String id = String.valueOf(stack.resolve(logicalId));
          return id.length() <= LONGEST_NAME
              ? id
              : id.substring(0, LONGEST_NAME - HASH) + Fingerprint.hash(id).substring(0, HASH);
        });
  }

  /** A fluent builder for {@link ApplicationLifecycle}. */
  public static final class Builder implements software.amazon.jsii.Builder<ApplicationLifecycle> {

    private final Construct scope;
    private final String id;
    private @Nullable EmrServerlessApplication application;
    private StopPolicy onUpdate = StopPolicy.refuse();
    private StopPolicy onDelete = StopPolicy.refuse();
    private boolean updateWhileStarted = false;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a lifecycle.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets the application. Required.
     *
     * @param application one of the same stack
     * @return this builder
     */
    public Builder application(EmrServerlessApplication application) {
      this.application = requireNonNull(application, "application");
      return this;
    }

    /**
     * Sets what an update does about live sessions and job runs. Default: {@link
     * StopPolicy#refuse()}.
     *
     * @param onUpdate the policy
     * @return this builder
     */
    public Builder onUpdate(StopPolicy onUpdate) {
      this.onUpdate = requireNonNull(onUpdate, "onUpdate");
      return this;
    }

    /**
     * Sets what a deletion does about live sessions and job runs: of the stack, or of the
     * application alone. It is the policy of the last deployment that counts. Of an application
     * that was replaced, sessions that started after it was stopped cannot be terminated. Default:
     * {@link StopPolicy#refuse()}.
     *
     * @param onDelete the policy
     * @return this builder
     */
    public Builder onDelete(StopPolicy onDelete) {
      this.onDelete = requireNonNull(onDelete, "onDelete");
      return this;
    }

    /**
     * Leaves live sessions and job runs alone, whatever the policy, where an update changes nothing
     * but what the service changes in an application that is started: its capacity limit and its
     * image. Default: every change needs a stop, because CloudFormation may send settings that did
     * not change, as Terraform does, and the service then refuses the update and its rollback. That
     * it does not is assumed by whoever calls this; it was not seen.
     *
     * @return this builder
     */
    public Builder updateWhileStarted() {
      updateWhileStarted = true;
      return this;
    }

    @Override
    public ApplicationLifecycle build() {
      return new ApplicationLifecycle(this);
    }
  }
}
