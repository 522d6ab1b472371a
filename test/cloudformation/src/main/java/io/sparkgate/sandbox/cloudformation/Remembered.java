package io.sparkgate.sandbox.cloudformation;

import io.sparkgate.sandbox.template.BadInput;

/** Makes nothing: the resource is remembered, with the physical id that the template made up. */
final class Remembered implements Handler {

  @Override
  public Made create(Resource wanted) throws Failed {
    return made(wanted);
  }

  @Override
  public Made update(Resource current, Resource wanted) throws Failed {
    return made(wanted);
  }

  @Override
  public void delete(Resource resource) {
    // It was never made.
  }

  private static Made made(Resource wanted) throws Failed {
    try {
      return Made.of(wanted.origin().physicalId(wanted.logicalId()));
    } catch (BadInput e) {
      throw new Failed(String.valueOf(e.getMessage()));
    }
  }
}
