package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the service has of one kind, sessions or job runs, to be listed and looked at.
 *
 * @param <L> what a list tells
 * @param <S> what a look tells
 */
public abstract class Listing<L, S> {

  private final String list;

  Listing(String list) {
    this.list = list;
  }

  /**
   * One page of an application's list. What cannot be read takes none of the others with it.
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

  abstract S read(L one) throws ServiceCallException;

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
