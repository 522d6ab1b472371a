package io.sparkgate.function.lifecycle;

/** What a request asks for. */
sealed interface Task {

  /** What an update changes of an application. */
  enum Change {
    /** Nothing. */
    NONE,
    /** What the service can change while people work. */
    WHILE_STARTED,
    /** What it can change only after a stop. */
    NEEDS_STOP
  }

  /** Nothing but the resource's physical id. */
  record Pass(String physicalId) implements Task {}

  /**
   * Clear the way for an update of an application, if there will be one.
   *
   * @param logicalId of the application in the stack
   * @param change of its settings; a change of the policy alone is none
   */
  record BeforeUpdate(String stackId, String logicalId, Change change, StopPolicy policy)
      implements Task {

    /** Work is in the way only of what needs a stop. */
    StopPolicy policyOfChange() {
      return change == Change.WHILE_STARTED
          ? new StopPolicy.LeaveAlone("the service changes these settings while people work")
          : policy;
    }

    /** What the way is cleared for. */
    Target target(String application, boolean rollback) {
      return new Target(
          application,
          "updated",
          rollback
              ? " If the stack is in UPDATE_ROLLBACK_FAILED, run: aws cloudformation"
                  + " continue-update-rollback --stack-name "
                  + stackName()
              : "");
    }

    /** From {@code arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID}. */
    private String stackName() {
      String[] parts = stackId.split("/");
      return parts.length == 3 ? parts[1] : stackId;
    }
  }

  /** Clear the way for the deletion. */
  record BeforeDelete(String applicationId, StopPolicy policy) implements Task {}
}
