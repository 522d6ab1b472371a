package io.sparkgate.connection;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.DeveloperRole;
import io.sparkgate.internal.Findings;
import io.sparkgate.spark.ReleaseLabel;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.IRole;
import software.constructs.Construct;

/**
 * The setters of what clients must know, whatever they connect to.
 *
 * @param <B> the builder
 */
abstract class ConnectionSetters<B extends ConnectionSetters<B>> {

  final Construct scope;
  final String id;
  @Nullable IRole developerRole;
  @Nullable ReleaseLabel releaseLabel;
  @Nullable String prefix;

  ConnectionSetters(Construct scope, String id) {
    this.scope = requireNonNull(scope, "scope");
    this.id = requireNonNull(id, "id");
  }

  abstract B self();

  /**
   * Sets the role that people assume before they connect. Default: none, for people who are granted
   * to themselves.
   *
   * @param developerRole that of a {@link DeveloperRole}, or another; of this stack or one before
   *     it, and where its stack comes later by a name that you chose ({@code Role.fromRoleName})
   * @return this builder
   */
  public B developerRole(IRole developerRole) {
    this.developerRole = requireNonNull(developerRole, "developerRole");
    return self();
  }

  /**
   * Sets the release of an application or a cluster that is made elsewhere. Default: not known, so
   * clients are not told which PySpark they need; what is made here says it itself.
   *
   * @param releaseLabel the release
   * @return this builder
   */
  public B releaseLabel(ReleaseLabel releaseLabel) {
    this.releaseLabel = requireNonNull(releaseLabel, "releaseLabel");
    return self();
  }

  /**
   * Sets what the names begin with; a change replaces the parameters. Default: {@code
   * /sparkgate/<name of the stack>}, of the outermost if stacks are nested.
   *
   * @param prefix 1 to 14 levels such as {@code /sparkgate/dev}, no slash at the end; may be a
   *     token
   * @return this builder
   */
  public B prefix(String prefix) {
    this.prefix = requireNonNull(prefix, "prefix");
    return self();
  }

  /** Fails if another release was set than that of what is made here, such as the application. */
  final ReleaseLabel checked(Findings findings, String what, ReleaseLabel made) {
    findings.errorIf(
        releaseLabel != null && !releaseLabel.equals(made),
        "releaseLabel received %s, but the %s is made with %s; leave it out"
            .formatted(releaseLabel, what, made));
    return made;
  }
}
