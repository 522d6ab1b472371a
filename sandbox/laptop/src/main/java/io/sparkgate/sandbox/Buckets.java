package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The buckets that a template speaks of: its own, and those that the policies of roles for sessions
 * name.
 *
 * @param names of buckets to what people call them: a logical id, or that they are imported
 * @param elsewhere exports of other stacks that sessions are granted; what is behind them, the
 *     template does not say
 */
record Buckets(Map<String, String> names, Set<String> elsewhere) {
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/.*)?");

  /** As the CDK's bootstrap names the bucket that it uploads to. */
  private static final Pattern ASSETS = Pattern.compile("cdk-\\w+-assets-.*");

  /** As the CDK names an export, with what it adds for objects. */
  private static final Pattern EXPORT = Pattern.compile("([\\w-]+:Exports\\w+)(/.*)?");

  static Buckets of(Blueprint blueprint) {
    var names = new TreeMap<String, String>();
    var elsewhere = new TreeSet<String>();
    for (Principal role : blueprint.principals().values()) {
      if (isForSessions(role) || isForNodes(role, blueprint)) {
        for (JsonNode statement : role.statements()) {
          if (isGrant(statement)) {
            addNamed(statement.path("Resource"), names, elsewhere);
          }
        }
      }
    }
    // What the nodes fetch of the assembly is no data.
    names.keySet().removeAll(fetchedFrom(blueprint));
    blueprint.buckets().forEach((id, name) -> names.put(name, id));
    return new Buckets(names, elsewhere);
  }

  /** Whether sessions and job runs may have the role. */
  static boolean isForSessions(Principal role) {
    return role.trust().toString().contains("\"emr-serverless.amazonaws.com\"");
  }

  private static boolean isForNodes(Principal role, Blueprint blueprint) {
    return blueprint.cluster().filter(c -> c.nodeRoleArn().equals(role.arn())).isPresent();
  }

  private static Set<String> fetchedFrom(Blueprint blueprint) {
    return blueprint.cluster().stream()
        .flatMap(cluster -> cluster.install().files().keySet().stream())
        .map(file -> file.replaceFirst("^s3://([^/]+)/.*", "$1"))
        .collect(Collectors.toSet());
  }

  private static boolean isGrant(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow")
        && statement.path("Action").toString().contains("\"s3:");
  }

  private static void addNamed(
      JsonNode resources, Map<String, String> names, Set<String> elsewhere) {
    if (resources.isArray()) {
      resources.forEach(one -> addNamed(one, names, elsewhere));
      return;
    }
    Matcher arn = ARN.matcher(resources.asText());
    if (arn.matches()) {
      names.put(arn.group(1), ASSETS.matcher(arn.group(1)).matches() ? "assets" : "imported");
    }
    Matcher export = EXPORT.matcher(resources.asText());
    if (export.matches()) {
      elsewhere.add(export.group(1));
    }
  }

  /** Makes a folder for each that has none. */
  void make(Path folder) throws IOException {
    for (String name : names.keySet()) {
      Files.createDirectories(folder.resolve(name));
    }
  }
}
