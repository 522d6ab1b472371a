package io.sparkgate.function.lifecycle;

/**
 * What the way is cleared for, in the words of the messages.
 *
 * @param application its id, or its logical id while that is all that is known
 * @param verb what CloudFormation is about to do with it: updated or deleted
 * @param hint what else to do when it fails; empty when there is nothing
 */
record Target(String application, String verb, String hint) {

  static Target ofDeletion(String application) {
    return new Target(application, "deleted", "");
  }

  /** What to do once the way is clear; a stack whose deletion failed takes no deployment. */
  String again() {
    return isDeletion()
        ? "delete the stack again (or the application by hand, if an update was to delete it)"
        : "deploy again";
  }

  /** What is only worth saying to somebody who can deploy something else. */
  String unlessDeletion(String advice) {
    return isDeletion() ? "" : advice;
  }

  private boolean isDeletion() {
    return verb.equals("deleted");
  }
}
