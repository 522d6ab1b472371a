package io.sparkgate.sandbox;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The files of the assembly that a deployment uploads and execution roles may read. */
final class Assets {
  private final Blueprint blueprint;
  private final TemplateAccess access;

  Assets(Blueprint blueprint, TemplateAccess access) {
    this.blueprint = blueprint;
    this.access = access;
  }

  /**
   * Copies them to where S3 finds them.
   *
   * @param files by {@code bucket/key}
   * @param buckets the folder of the buckets' folders
   */
  void place(Map<String, Path> files, Path buckets) throws IOException {
    List<Principal> roles =
        blueprint.principals().values().stream().filter(Buckets::isForSessions).toList();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (roles.stream().anyMatch(role -> mayRead(role, file.getKey()))) {
        Path object = buckets.resolve(file.getKey());
        Files.createDirectories(object.getParent());
        Files.copy(file.getValue(), object, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean mayRead(Principal role, String object) {
    Credentials key = access.issueExecution(role.arn(), "assets");
    String arn = String.join(":", "arn", blueprint.partition(), "s3", "", "", object);
    try {
      return access.denial(key.identity(), Action.on("s3:GetObject", arn, Map.of())).isEmpty();
    } finally {
      access.revoke(key);
    }
  }
}
