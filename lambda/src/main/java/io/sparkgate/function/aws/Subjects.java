package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.model.ValidationException;

/**
 * What the service has of one kind, sessions or job runs, in the words in which the reaper decides
 * on them.
 *
 * @param <L> what a list tells
 * @param <S> what a look tells
 */
public abstract class Subjects<L extends Listed, S extends Seen<L>> {

  private final String list;

  Subjects(String list) {
    this.list = list;
  }

  /**
   * One page of an application's list of what lives. What cannot be read takes none of the others
   * with it.
   *
   * @param unreadable what is wrong with each that cannot be read
   * @param next the token in the answer, which may be anything
   */
  public record Page<L>(
      List<L> items, List<ServiceCallException> unreadable, @Nullable String next) {}

  /** The operation that lists them, by its name as in IAM. */
  public final String list() {
    return list;
  }

  /**
   * Reads a page.
   *
   * @param token of the page; null for the first
   */
  public abstract Page<L> page(String application, @Nullable String token)
      throws ServiceCallException;

  /** As it is now; empty when there is none any more. */
  public final Optional<S> get(L one) throws ServiceCallException {
    try {
      return Optional.of(read(one));
    } catch (ServiceCallException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
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

  abstract S read(L one) throws ServiceCallException;

  abstract void stop(L one) throws ServiceCallException;

  /**
   * The page of an answer.
   *
   * @param name of what is listed: a noun and an id, for what cannot be read
   */
  final <T> Page<L> page(
      List<T> summaries,
      Function<T, L> listed,
      Function<@Nullable T, String> name,
      @Nullable String next) {
    List<L> items = new ArrayList<>();
    List<ServiceCallException> unreadable = new ArrayList<>();
    for (T summary : summaries) {
      try {
        items.add(listed.apply(summary));
      } catch (RuntimeException e) {
        String what = "%s in the list: %s".formatted(name.apply(summary), e.getMessage());
        unreadable.add(
            new ServiceCallException(Kind.OTHER, list, e.getClass().getSimpleName(), what, null));
      }
    }
    return new Page<>(items, unreadable, next);
  }
}
