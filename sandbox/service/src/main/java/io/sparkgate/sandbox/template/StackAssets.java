package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files that a deployment of a stack would upload as assets. */
public final class StackAssets {

  private static final String TEMPLATE = ".template.json";

  private StackAssets() {}

  /**
   * Reads what is beside a stack's template.
   *
   * @param cdkOutOrTemplate as {@link Blueprints#read} takes it
   * @param environment which of the directory's stacks
   * @return the files of the assembly by {@code bucket/key}; without those that are uploaded as
   *     archives of folders
   * @throws BadInput as {@link Blueprints#read} does
   */
  public static Map<String, Path> read(Path cdkOutOrTemplate, Optional<String> environment)
      throws BadInput {
    StackFile stack = StackFiles.find(cdkOutOrTemplate, environment);
    String name = stack.template().getFileName().toString();
    Path manifest = stack.template().resolveSibling(name.replace(TEMPLATE, "") + ".assets.json");
    Map<String, Path> files = new TreeMap<>();
    if (!Files.exists(manifest)) {
      return files;
    }
    for (JsonNode asset : JsonFile.read(manifest).path("files")) {
      JsonNode source = asset.path("source");
      Path file = manifest.resolveSibling(source.path("path").asText());
      if (source.path("packaging").asText().equals("file") && Files.isRegularFile(file)) {
        for (JsonNode place : asset.path("destinations")) {
          files.put(
              placed(place.path("bucketName").asText(), stack)
                  + "/"
                  + place.path("objectKey").asText(),
              file);
        }
      }
    }
    return files;
  }

  private static String placed(String bucket, StackFile stack) {
    return bucket
        .replace("${AWS::AccountId}", stack.account())
        .replace("${AWS::Region}", stack.region())
        .replace("${AWS::Partition}", stack.partition());
  }
}
