package io.sparkgate.sandbox.cloudformation;

import io.sparkgate.sandbox.emrserverless.ControlPlane;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.StackTemplate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A stack in the hands of a small player of CloudFormation: it makes, updates, rolls back and
 * deletes resources in CloudFormation's order, the application in a running control plane, custom
 * resources by the function of the template, everything else in memory only.
 *
 * <p>An operation returns when CloudFormation would have come to its end; run it in a thread of its
 * own to watch it. Its resources can be described at {@link #uri()} meanwhile. {@code
 * docs/sandbox.md} has an example.
 */
public final class Deployment implements AutoCloseable {

  private static final Set<Status> UPDATABLE =
      EnumSet.of(Status.CREATE_COMPLETE, Status.UPDATE_COMPLETE, Status.UPDATE_ROLLBACK_COMPLETE);

  private final ControlPlane control;
  private final Stack stack;
  private final Permissions permissions;
  private final Faults faults = new Faults();
  private final CloudFormationFront front;
  private final UserFunctions functions;
  private final CustomHandler custom;
  private final Operations operations;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  private Deployment(Builder builder) throws IOException {
    control = builder.control;
    stack = new Stack(builder.stack);
    permissions = new Permissions(stack, builder.access);
    front = new CloudFormationFront(stack, builder.access);
    functions =
        new UserFunctions(
            stack,
            new UserFunctions.Endpoints(control.uri(), front.uri()),
            permissions,
            builder.work,
            builder.lines);
    custom = new CustomHandler(stack, functions, faults, builder.pace);
    Handler application =
        new ApplicationHandler(
            new ServiceCalls(control.uri(), permissions.deployer(control.account())));
    Handler others = new Remembered();
    operations =
        new Operations(
            stack,
            new Changes(
                stack,
                resource ->
                    resource.isCustom()
                        ? custom
                        : resource.type().equals(Resource.APPLICATION) ? application : others,
                faults));
  }

  /**
   * Creates the stack if there is none, else updates it.
   *
   * @param cdkOut the directory that {@code cdk synth} wrote; it has to stay there, for functions
   *     and rollbacks still refer to it
   * @return what became of it; no events when there was nothing to update
   * @throws BadInput if the template cannot be played
   * @throws IllegalStateException if the stack's status allows no update
   */
  public Outcome deploy(Path cdkOut) throws BadInput {
    StackTemplate template = StackTemplate.read(cdkOut, Optional.of(stack.name()), stack);
    requireSamePlace(template);
    return alone(
        () -> {
          if (stack.status() == Status.DELETE_COMPLETE) {
            operations.create(template);
          } else {
            require(UPDATABLE, "can not be updated");
            operations.update(template);
          }
        });
  }

  /** Deletes the stack, or what is left of it after a deletion that failed. */
  public Outcome delete() {
    return alone(
        () -> {
          if (stack.status() != Status.DELETE_COMPLETE) {
            operations.delete();
          }
        });
  }

  /**
   * Goes on with a rollback that failed, from the resource that failed.
   *
   * @throws IllegalStateException if the stack is not in UPDATE_ROLLBACK_FAILED
   */
  public Outcome continueUpdateRollback() {
    return alone(
        () -> {
          require(
              EnumSet.of(Status.UPDATE_ROLLBACK_FAILED),
              "has no update rollback that could be continued");
          operations.continueUpdateRollback();
        });
  }

  /** Lets the next change of a resource fail, before anything is done. */
  public void failNext(String logicalId) {
    failNext(logicalId, 1);
  }

  /** Lets the next changes of a resource fail; the second one may be its rollback. */
  public void failNext(String logicalId, int times) {
    faults.fail(logicalId, times);
  }

  /**
   * Does something just before the next change of a resource, when all that it depends on has been
   * changed: what people do in that moment.
   */
  public void beforeNext(String logicalId, Runnable interlude) {
    faults.before(logicalId, interlude);
  }

  /** Delivers the next request for a custom resource twice, at once; the first answer counts. */
  public void deliverTwice(String logicalId) {
    faults.deliverTwice(logicalId);
  }

  /** The stack's status; DELETE_COMPLETE also before it is first created. */
  public Status status() {
    return stack.status();
  }

  /**
   * What a resource is at the service.
   *
   * @throws IllegalArgumentException if it does not exist at this moment
   */
  public String physicalId(String logicalId) {
    return stack.get(logicalId).physicalId();
  }

  /** Where CloudFormation's API listens, as far as DescribeStackResource and DescribeStacks. */
  public URI uri() {
    return front.uri();
  }

  /**
   * Signs somebody in as a role of the stack. What they may is what the policies allow that are
   * deployed at the moment of each call.
   *
   * @throws IllegalArgumentException if there is no such role at this moment
   */
  public Credentials signIn(String roleLogicalId, String sessionName) {
    try {
      return permissions.signIn(stack.get(roleLogicalId), sessionName);
    } catch (Failed e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  private void requireSamePlace(StackTemplate template) {
    if (!template.stack().equals(stack.name())) {
      throw new IllegalArgumentException(
          "The assembly's stack is called %s, this one %s; make a Deployment with that name"
              .formatted(template.stack(), stack.name()));
    }
    if (!template.account().equals(control.account())
        || !template.region().equals(control.region())) {
      throw new IllegalArgumentException(
          "Stack %s belongs to account %s and Region %s, but the control plane to %s and %s; start it with ControlPlane.Builder.account(\"%s\").region(\"%s\")"
              .formatted(
                  stack.name(),
                  template.account(),
                  template.region(),
                  control.account(),
                  control.region(),
                  template.account(),
                  template.region()));
    }
  }

  private void require(Set<Status> allowed, String otherwise) {
    if (!allowed.contains(stack.status())) {
      throw new IllegalStateException(
          "Stack:%s is in %s state and %s.".formatted(stack.id(), stack.status(), otherwise));
    }
  }

  /** What is done to the stack. */
  private interface Work<E extends Exception> {
    void run() throws E;
  }

  private <E extends Exception> Outcome alone(Work<E> work) throws E {
    if (!oneAtATime.tryLock()) {
      throw new IllegalStateException(
          "Stack:%s is in %s state and can not be updated.".formatted(stack.id(), stack.status()));
    }
    try {
      int before = stack.events().size();
      work.run();
      custom.settle();
      List<Event> events = stack.events();
      return new Outcome(stack.status(), events.subList(before, events.size()));
    } finally {
      oneAtATime.unlock();
    }
  }

  /**
   * Ends the functions and the API; the control plane goes on. An operation under way fails without
   * its functions, and has come to its end when this returns.
   */
  @Override
  public void close() {
    functions.close();
    oneAtATime.lock();
    try {
      front.close();
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Settings of a deployment. */
  public static final class Builder {

    private final String stack;
    private final ControlPlane control;
    private final LiveAccess access;
    private final Path work;
    private Consumer<String> lines = line -> {};
    private CustomHandler.Pace pace = new CustomHandler.Pace(Optional.empty(), Optional.empty());

    private Builder(String stack, ControlPlane control, LiveAccess access, Path work) {
      this.stack = stack;
      this.control = control;
      this.access = access;
      this.work = work;
    }

    /**
     * A stack that is not there yet.
     *
     * @param stack its name, by which it is chosen from a cloud assembly
     * @param access the same that the control plane asks
     * @param work for files of the functions' runtimes
     */
    public static Builder create(String stack, ControlPlane control, LiveAccess access, Path work) {
      return new Builder(stack, control, access, work);
    }

    /** Hears each line that a function prints; nobody does by default. */
    public Builder lines(Consumer<String> lines) {
      this.lines = lines;
      return this;
    }

    /** Between two calls of isComplete; by default what the template's state machine says. */
    public Builder queryInterval(Duration interval) {
      pace = new CustomHandler.Pace(Optional.of(interval), pace.totalTimeout());
      return this;
    }

    /** When the state machine gives up; by default what the template's says. */
    public Builder totalTimeout(Duration timeout) {
      pace = new CustomHandler.Pace(pace.queryInterval(), Optional.of(timeout));
      return this;
    }

    /**
     * Starts CloudFormation's API.
     *
     * @throws IOException if it cannot listen
     */
    public Deployment start() throws IOException {
      return new Deployment(this);
    }
  }
}
