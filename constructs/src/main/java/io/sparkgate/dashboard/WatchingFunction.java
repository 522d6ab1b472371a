package io.sparkgate.dashboard;

import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.ILogGroup;

/**
 * One of the functions that watch an application.
 *
 * @param kind reaper, guard, takeover or monitor
 */
record WatchingFunction(String kind, IFunction function) {

  boolean is(String kind) {
    return this.kind.equals(kind);
  }

  /** Its log. All these functions are made by this library, none is imported. */
  ILogGroup logGroup() {
    return ((Function) function).getLogGroup();
  }
}
