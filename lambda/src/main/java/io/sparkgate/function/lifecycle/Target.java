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

  boolean isDeletion() {
    return verb.equals("deleted");
  }
}
