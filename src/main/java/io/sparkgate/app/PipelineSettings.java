package io.sparkgate.app;

/**
 * The section {@code pipeline}: a pipeline of AWS's own.
 *
 * @param repository where it takes the sources from, such as {@code my-org/sparkgate}
 * @param connection the ARN of the connection by which it does
 */
record PipelineSettings(
    String repository, String branch, String connection, Destination destination) {

  static PipelineSettings of(Settings settings) {
    PipelineSettings pipeline =
        new PipelineSettings(
            settings
                .text(
                    "repository",
                    "[^/\\s]+(/[^/\\s]+)+",
                    "owner and repository such as \"my-org/sparkgate\"")
                .orElseThrow(() -> settings.missing("repository")),
            settings.text("branch", "[^\\s]+", "a branch such as \"main\"").orElse("main"),
            settings
                .text(
                    "connection",
                    "arn:aws[a-z-]*:(codeconnections|codestar-connections):[a-z0-9-]+:\\d{12}:connection/[0-9a-f-]+",
                    "the ARN of a connection such as"
                        + " \"arn:aws:codeconnections:eu-west-1:111122223333:connection/7d2469ff-514a-4e4f-9003-5ca4a43cdc41\"")
                .orElseThrow(() -> settings.missing("connection")),
            Destination.of(settings));
    settings.refuseOthers();
    return pipeline;
  }

  /** The owner may be a path of groups, as at GitLab. */
  String owner() {
    return repository.substring(0, repository.lastIndexOf('/'));
  }

  String name() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }
}
