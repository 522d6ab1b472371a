package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Known;
import io.sparkgate.sandbox.template.RolePolicies;
import io.sparkgate.sandbox.template.StackTemplate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The roles of a template that nobody deploys, and what its statements let them do. */
final class TemplatePeople {

  private final LiveAccess access = new LiveAccess();
  private final StackTemplate template;
  private final String place;

  /** A call, and all that it asks of IAM; it needs all of it. */
  record Call(String name, List<Action> asked) {

    Call(String name, Action... asked) {
      this(name, List.of(asked));
    }
  }

  /**
   * Reads a template.
   *
   * @param place its Region and account, with a colon between them
   */
  TemplatePeople(Path file, String place) {
    this.place = place;
    try {
      template = StackTemplate.read(file, Optional.empty(), Known.NOTHING);
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  /** The table of who may make which call, as a page has it. */
  String table(Map<String, Credentials> people, Function<Credentials, List<Call>> calls) {
    List<String> lines = new ArrayList<>();
    lines.add("| call | " + String.join(" | ", people.keySet()) + " |");
    lines.add("|---".repeat(people.size() + 1) + "|");
    Map<Credentials, List<Call>> columns =
        people.values().stream().collect(Collectors.toMap(Function.identity(), calls));
    for (int row = 0; row < columns.values().iterator().next().size(); row++) {
      List<String> cells = new ArrayList<>();
      for (Credentials person : people.values()) {
        Call call = columns.get(person).get(row);
        if (cells.isEmpty()) {
          cells.add(call.name());
        }
        cells.add(may(person, call) ? "yes" : "no");
      }
      lines.add("| " + String.join(" | ", cells) + " |");
    }
    return String.join("\n", lines);
  }

  private boolean may(Credentials person, Call call) {
    List<String> denials =
        call.asked().stream()
            .flatMap(action -> access.denial(person.identity(), action).stream())
            .toList();
    assertThat(denials).noneMatch(denial -> denial.contains("the sandbox does not know"));
    return denials.isEmpty();
  }

  Credentials signIn(String role, String name) {
    try {
      String id = only("AWS::IAM::Role", role);
      List<RolePolicies.Resource> all = new ArrayList<>();
      for (String other : template.resources()) {
        if (template.type(other).startsWith("AWS::IAM::")) {
          all.add(resource(other));
        }
      }
      List<JsonNode> statements = RolePolicies.statements(resource(id), all, foreign -> {});
      return access.issue(
          template.arn(id), template.roleUniqueId(id), name, "", Map.of(), () -> statements);
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  private RolePolicies.Resource resource(String id) throws BadInput {
    return new RolePolicies.Resource(
        template.type(id), template.physicalId(id), template.properties(id));
  }

  /** What a Ref to it becomes. */
  String refTo(String type, String prefix) {
    try {
      return template.physicalId(only(type, prefix));
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  private String only(String type, String prefix) {
    return template.resources().stream()
        .filter(id -> template.type(id).equals(type) && id.startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  static Action asked(String name, String resource, Map<String, String> context) {
    return new Action(name, resource, Map.of(), List.of(), Map.of(), context);
  }

  /** Something where the template is deployed. */
  String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s".formatted(service, place, resource);
  }
}
