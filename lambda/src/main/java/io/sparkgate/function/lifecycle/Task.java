package io.sparkgate.function.lifecycle;

/** What a request asks for. */
sealed interface Task {

  /** Nothing but the resource's physical id. */
  record Pass(String physicalId) implements Task {}

  /**
   * Clear the way for an update to the wanted settings, if there will be one.
   *
   * @param logicalId of the application in the stack
   * @param wanted the print of the settings
   */
  record BeforeUpdate(
      String stackId, String logicalId, String wanted, PhysicalId current, StopPolicy policy)
      implements Task {

    /** Whether the settings are those before the way was last cleared: likely a rollback. */
    boolean goesBack() {
      return wanted.equals(current.before());
    }

    Target target(String application) {
      return new Target(
          application,
          "updated",
          goesBack()
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
