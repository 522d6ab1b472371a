package io.sparkgate.function.lifecycle;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function that clears the way for CloudFormation: it stops an application before it is updated
 * or deleted, and deals with the work in it as the policy says.
 *
 * <p>It is both handlers of the CDK's custom resource framework. The first call for a request
 * answers the resource's physical id as it is and the time; the framework then calls again with
 * that answer in the event, until the answer is that the request is complete. An error fails the
 * request at once, so all that may pass is answered with "not yet".
 */
public final class LifecycleHandler implements RequestStreamHandler {

  private final EmrServerlessClient emr;
  private final CloudFormationClient cloudFormation;
  private final Duration callLimit;
  private final PrintStream log;
  private final Clock clock;

  /** The way in for Lambda. */
  public LifecycleHandler() {
    this(System.getenv(), System.out);
  }

  LifecycleHandler(Map<String, String> environment, PrintStream log) {
    this(
        ServiceClient.fromEnvironment(environment),
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudFormationClient.builder()), environment)
            .build(),
        Calls.LIMIT,
        log,
        Clock.systemUTC());
  }

  LifecycleHandler(
      EmrServerlessClient emr,
      CloudFormationClient cloudFormation,
      Duration callLimit,
      PrintStream log,
      Clock clock) {
    this.emr = emr;
    this.cloudFormation = cloudFormation;
    this.callLimit = callLimit;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Request request = Request.parse(fields(invocation.event()));
    StepRecord record = new StepRecord(request);
    try {
      invocation.answer(
          request.startedAt() == null
              ? begin(request, record)
              : isComplete(
                  request,
                  request.startedAt(),
                  record,
                  new Calls(invocation::remaining, callLimit)));
    } finally {
      record.print(log);
    }
  }

  private Map<String, Object> begin(Request request, StepRecord record) {
    record.decided("begin", "the framework asks next whether it is complete");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("PhysicalResourceId", request.physicalId());
    answer.put("StartedAt", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return answer;
  }

  private Map<String, Object> isComplete(
      Request request, Instant startedAt, StepRecord record, Calls calls) {
    Task task = request.task();
    if (task instanceof Task.BeforeUpdate update) {
      return beforeUpdate(update, startedAt, record, calls);
    }
    if (task instanceof Task.BeforeDelete delete) {
      Clearing clearing = clearing(delete.policy(), startedAt, record, calls);
      Target target = Target.ofDeletion(delete.applicationId());
      return clearing.step(target) ? complete() : notYet();
    }
    record.decided("done", "nothing is to be done for it");
    return complete();
  }

  private Map<String, Object> beforeUpdate(
      Task.BeforeUpdate update, Instant startedAt, StepRecord record, Calls calls) {
    if (update.change() == Task.Change.NONE) {
      record.decided("done", "the application's settings stay as they are");
      return complete();
    }
    try {
      Stacks stacks = new Stacks(cloudFormation, calls);
      Optional<Stacks.Resource> found = stacks.find(update.stackId(), update.logicalId());
      if (found.isEmpty()) {
        record.decided("done", "the stack has no such application");
        return complete();
      }
      Stacks.Update state = stacks.update(update.stackId());
      StopPolicy policy =
          state.hasNotReached(found.get())
              ? new StopPolicy.LeaveAlone(
                  "CloudFormation goes back before it touched the application")
              : update.policyOfChange();
      Target target = update.target(found.get().physicalId(), state.goesBack());
      return clearing(policy, startedAt, record, calls).step(target) ? complete() : notYet();
    } catch (ServiceCallException e) {
      clearing(update.policy(), startedAt, record, calls)
          .notSeen(update.target(update.logicalId(), false), e);
      return notYet();
    }
  }

  private Clearing clearing(StopPolicy policy, Instant startedAt, StepRecord record, Calls calls) {
    return new Clearing(new Applications(emr, calls), record, policy, startedAt, clock.instant());
  }

  private static Map<String, Object> notYet() {
    return Map.of("IsComplete", false);
  }

  private static Map<String, Object> complete() {
    return Map.of("IsComplete", true);
  }

  /** An event is no text for messages: it has an address that lets anybody answer. */
  private static Map<?, ?> fields(@Nullable Object event) {
    if (event instanceof Map<?, ?> fields) {
      return fields;
    }
    throw new LifecycleFailed(
        "The event is not a JSON object; allowed: a request of CloudFormation. Call this function"
            + " by the custom resource framework only");
  }
}
