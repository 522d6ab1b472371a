package io.sparkgate.app;

import io.sparkgate.delivery.GitHubRepository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.constructs.Construct;

/**
 * What cdk.json says at its top about the CI: in which order environments are deployed, and who
 * deploys them.
 *
 * @param promotion the environments that a CI deploys, the first of them without a gate
 */
record Delivery(
    List<String> promotion,
    Optional<GitHubRepository> gitHub,
    Optional<PipelineSettings> pipeline) {

  private static final String NUMBER = "[1-9]\\d{0,17}";

  static Delivery in(Construct app) {
    Optional<Settings> gitHub = Settings.ifInContext(app, "github");
    Optional<Settings> pipeline = Settings.ifInContext(app, "pipeline");
    Optional<List<String>> promotion =
        Optional.ofNullable(app.getNode().tryGetContext("promotion"))
            .map(value -> promotion(value, Environments.names(app)));
    if (promotion.isEmpty() && (gitHub.isPresent() || pipeline.isPresent())) {
      throw new BadSetting(
          "cdk.json: context has no 'promotion', which %s needs; add the environments in the order in which they are deployed, such as \"promotion\": %s"
              .formatted(
                  gitHub.isPresent() ? "github" : "pipeline", quoted(Environments.names(app))));
    }
    if (gitHub.isPresent() || pipeline.isPresent()) {
      promotion.orElseThrow().forEach(Delivery::requireShort);
    }
    if (gitHub.isPresent()) {
      refuseTheNameOfAGate(promotion.orElseThrow());
    }
    return new Delivery(
        promotion.orElse(List.of()),
        gitHub.map(Delivery::gitHub),
        pipeline.map(PipelineSettings::of));
  }

  /** Whether a CI deploys the environment. */
  boolean reaches(String environment) {
    return promotion.contains(environment) && (gitHub.isPresent() || pipeline.isPresent());
  }

  /** Whether what is deployed there was deployed elsewhere before. */
  boolean isGated(String environment) {
    return promotion.indexOf(environment) > 0;
  }

  private static GitHubRepository gitHub(Settings settings) {
    String[] name =
        settings
            .text(
                "repository",
                "[^/\\s]+/[^/\\s]+",
                "owner and repository such as \"my-org/sparkgate\"")
            .orElseThrow(() -> settings.missing("repository"))
            .split("/");
    Optional<String> owner = id(settings, "ownerId");
    Optional<String> repository = id(settings, "repositoryId");
    settings.refuseOthers();
    if (owner.isPresent() != repository.isPresent()) {
      throw settings.missing(owner.isPresent() ? "repositoryId" : "ownerId");
    }
    return settings.make(
        () -> {
          GitHubRepository named = GitHubRepository.of(name[0], name[1]);
          return owner.isEmpty()
              ? named
              : named.withIds(Long.parseLong(owner.get()), Long.parseLong(repository.get()));
        });
  }

  private static Optional<String> id(Settings settings, String name) {
    return settings.text(
        name,
        NUMBER,
        "the number that GitHub gave it, in quotes, such as \"1234567\" (gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id')");
  }

  private static List<String> promotion(Object value, Set<String> environments) {
    if (!(value instanceof List<?> list)
        || list.isEmpty()
        || !list.stream().allMatch(String.class::isInstance)) {
      throw new BadSetting(
          "cdk.json: promotion received %s, but takes a list of environments in the order in which a CI deploys them, such as %s"
              .formatted(value, quoted(environments)));
    }
    Set<String> before = new TreeSet<>();
    for (Object name : list) {
      if (!environments.contains(name)) {
        throw new BadSetting(
            "cdk.json: promotion has '%s', but the environments are %s; name one of them or leave it out"
                .formatted(name, environments));
      }
      if (!before.add(String.valueOf(name))) {
        throw new BadSetting(
            "cdk.json: promotion has '%s' twice, but an environment is deployed once; leave the second out"
                .formatted(name));
      }
    }
    return list.stream().map(String::valueOf).toList();
  }

  /** IAM takes 64 characters, and the longest of the names is that of a role of the pipeline. */
  private static void requireShort(String environment) {
    if (PipelineRole.DEPLOY.nameFor(environment).length() > 64) {
      throw new BadSetting(
          "cdk.json: promotion has '%s', which is too long for the names of its roles; call the environment by 39 characters at most"
              .formatted(environment));
    }
  }

  /** A job of the one would come in as the other. */
  private static void refuseTheNameOfAGate(List<String> promotion) {
    for (String name : promotion) {
      for (String other : promotion) {
        // GitHub's environments are the same in capitals.
        if (other.equalsIgnoreCase(name + "-gate")) {
          throw new BadSetting(
              "cdk.json: promotion has '%s' and '%s', but the latter is what GitHub's jobs call the gate of the former; call one of them otherwise"
                  .formatted(name, other));
        }
      }
    }
  }

  private static List<String> quoted(Set<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").toList();
  }
}
