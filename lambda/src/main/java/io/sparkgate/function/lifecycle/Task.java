package io.sparkgate.function.lifecycle;

/** What a request asks for. */
sealed interface Task {

  /** Nothing but the resource's physical id. */
  record Pass(String physicalId) implements Task {}

  /**
   * Clear the way for an update of an application, if there will be one.
   *
   * @param logicalId of the application in the stack
   * @param changes whether its settings differ, and not only the policy
   */
  record BeforeUpdate(String stackId, String logicalId, boolean changes, StopPolicy policy)
      implements Task {

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
