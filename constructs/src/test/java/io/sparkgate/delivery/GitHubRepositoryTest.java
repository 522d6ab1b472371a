package io.sparkgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubRepositoryTest {

  private final GitHubRepository repository = GitHubRepository.of("my-org", "spark.gate_1");

  @Test
  void isWhatTheTokensOfItsJobsSay() {
    assertThat(repository.subject("prod")).isEqualTo("repo:my-org/spark.gate_1:environment:prod");
  }

  @Test
  void isWhatTheTokensOfAYoungerOneSay() {
    assertThat(repository.withIds(98765432101L, 7).subject("prod-gate"))
        .isEqualTo("repo:my-org@98765432101/spark.gate_1@7:environment:prod-gate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "my-*", "my_org", "-org", "org-", "my-org/x", "a:b"})
  void hasAnOwnerThatGitHubCanHave(String owner) {
    assertThatThrownBy(() -> GitHubRepository.of(owner, "sparkgate"))
        .hasMessage(
            "GitHubRepository: owner received '"
                + owner
                + "', but takes a name as GitHub has it, such as my-org, without wildcards");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "spark?", ".", "..", "a/b", "a:environment", "${aws:userid}"})
  void hasANameThatGitHubCanHave(String name) {
    assertThatThrownBy(() -> GitHubRepository.of("my-org", name))
        .hasMessage(
            "GitHubRepository: name received '"
                + name
                + "', but takes a name as GitHub has it, such as sparkgate, without wildcards");
  }

  @Test
  void hasIdsThatGitHubCanHave() {
    assertThatThrownBy(() -> repository.withIds(0, 7))
        .hasMessage(
            "GitHubRepository: withIds received 0 and 7, but takes the positive numbers of owner and"
                + " repository; ask GitHub: gh api repos/my-org/spark.gate_1 --jq '.owner.id, .id'");
  }
}
