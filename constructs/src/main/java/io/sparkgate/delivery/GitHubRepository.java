package io.sparkgate.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A repository at GitHub, as the tokens of its workflows name it.
 *
 * <p>A token's subject begins with {@code repo:ORG/REPO:} for a repository made before 15 July
 * 2026, and with {@code repo:ORG@<id>/REPO@<id>:} for a younger one, by which nobody who takes over
 * a name that was given up is taken for its former owner (README of configure-aws-credentials
 * 6.2.3). The ids never change, and GitHub tells them: {@code gh api repos/ORG/REPO --jq
 * '.owner.id, .id'}. A trust that has the other form refuses with "Not authorized to perform
 * sts:AssumeRoleWithWebIdentity".
 */
public final class GitHubRepository {

  private final String owner;
  private final String name;
  private final Optional<Ids> ids;

  private record Ids(long owner, long repository) {}

  private GitHubRepository(String owner, String name, Optional<Ids> ids) {
    this.owner = owner;
    this.name = name;
    this.ids = ids;
  }

  /**
   * Names a repository made before 15 July 2026; call {@link #withIds} for a younger one.
   *
   * @param owner the organization or user, in the letters that GitHub shows: IAM compares capitals
   * @param name the repository, likewise
   * @return the repository
   * @throws IllegalArgumentException if GitHub has no such names, wildcards among them
   */
  public static GitHubRepository of(String owner, String name) {
    require("owner", owner, "[A-Za-z0-9]([A-Za-z0-9-]{0,37}[A-Za-z0-9])?", "my-org");
    require("name", name, "(?!\\.\\.?$)[A-Za-z0-9._-]{1,100}", "sparkgate");
    return new GitHubRepository(owner, name, Optional.empty());
  }

  /**
   * Names it as its tokens do if it was made on 15 July 2026 or later.
   *
   * @param ownerId the number of the organization or user
   * @param repositoryId the number of the repository
   * @return the same repository with its ids
   * @throws IllegalArgumentException if one is not positive
   */
  public GitHubRepository withIds(long ownerId, long repositoryId) {
    if (ownerId <= 0 || repositoryId <= 0) {
      throw new IllegalArgumentException(
          "GitHubRepository: withIds received %d and %d, but takes the positive numbers of owner and repository; ask GitHub: gh api repos/%s/%s --jq '.owner.id, .id'"
              .formatted(ownerId, repositoryId, owner, name));
    }
    return new GitHubRepository(owner, name, Optional.of(new Ids(ownerId, repositoryId)));
  }

  /**
   * Returns what the tokens of jobs say that run in an environment.
   *
   * @param environment the name of the environment at GitHub
   * @return such as {@code repo:my-org/sparkgate:environment:prod}
   */
  public String subject(String environment) {
    requireNonNull(environment, "environment");
    return "repo:" + this + ":environment:" + environment;
  }

  private static void require(String property, String value, String pattern, String example) {
    if (!requireNonNull(value, property).matches(pattern)) {
      throw new IllegalArgumentException(
          "GitHubRepository: %s received '%s', but takes a name as GitHub has it, such as %s, without wildcards"
              .formatted(property, value, example));
    }
  }

  @Override
  public String toString() {
    return ids.map(id -> "%s@%d/%s@%d".formatted(owner, id.owner(), name, id.repository()))
        .orElse(owner + "/" + name);
  }
}
