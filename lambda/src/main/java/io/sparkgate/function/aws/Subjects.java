package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import software.amazon.awssdk.services.emrserverless.model.ValidationException;

/**
 * What lives of one kind, sessions or job runs, in the words in which the reaper decides on it, and
 * to be ended.
 *
 * @param <L> what a list tells
 * @param <S> what a look tells
 */
public abstract class Subjects<L extends Listed, S extends Seen<L>> extends Listing<L, S> {

  Subjects(String list) {
    super(list);
  }

  /** Ends it; false when it had ended by itself. */
  public final boolean end(L one) throws ServiceCallException {
    try {
      stop(one);
      return true;
    } catch (ServiceCallException e) {
      // How the service answers for what is over is not documented: a refusal may be it.
      if (e.kind() == Kind.NOT_FOUND
          || e.getCause() instanceof ValidationException && hasEnded(one)) {
        return false;
      }
      throw e;
    }
  }

  private boolean hasEnded(L one) throws ServiceCallException {
    return get(one).map(Seen::ended).orElse(true);
  }

  abstract void stop(L one) throws ServiceCallException;
}
