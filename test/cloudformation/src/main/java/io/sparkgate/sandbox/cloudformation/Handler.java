package io.sparkgate.sandbox.cloudformation;

/** Makes, changes and deletes the resources of a type. */
interface Handler {

  Made create(Resource wanted) throws Failed;

  /** Another physical id in the answer says that the resource was replaced. */
  Made update(Resource current, Resource wanted) throws Failed;

  /**
   * Goes back, in a rollback.
   *
   * @param current with the properties that were tried, whether they came through or not
   */
  default Made restore(Resource current, Resource before) throws Failed {
    return update(current, before);
  }

  void delete(Resource resource) throws Failed;
}
