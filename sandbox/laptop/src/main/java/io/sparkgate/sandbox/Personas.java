package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.Persona.OwnerTag;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds the roles of people in a template by what they allow, and signs people in. */
final class Personas {

  private static final String IN_REQUEST = "aws:RequestTag/";
  private static final String SOURCE_IDENTITY = "${aws:SourceIdentity}";

  private final Blueprint blueprint;
  private final TemplateAccess access;

  Personas(Blueprint blueprint, TemplateAccess access) {
    this.blueprint = blueprint;
    this.access = access;
  }

  /**
   * Developers, users who may become one, submitters of job runs, an operator, an auditor, who
   * reads the bill, and the functions, as far as the template has roles.
   */
  List<Persona> signIn(Consumer<String> remarks) {
    List<Persona> people = new ArrayList<>();
    if (blueprint.application().isEmpty()) {
      return new ClusterPeople(blueprint, access).signIn(remarks);
    }
    Optional<Principal> submitters =
        role(principal -> allows(principal, "StartJobRun") && !allows(principal, "StartSession"));
    role(principal -> allows(principal, "StartSession"))
        .ifPresentOrElse(
            role -> {
              people.add(starter("developer-a", role, "StartSession"));
              people.add(starter("developer-b", role, "StartSession"));
              people.addAll(users(role, submitters, remarks));
            },
            () -> remarks.accept("no role may start a session, so there is no developer"));
    submitters.ifPresent(
        role -> {
          people.add(starter("submitter-a", role, "StartJobRun"));
          people.add(starter("submitter-b", role, "StartJobRun"));
        });
    role(principal -> allows(principal, "TerminateSession") && !allows(principal, "StartSession"))
        .ifPresentOrElse(
            role -> people.add(other("operator", role.logicalId())),
            () -> remarks.accept("no role may only terminate sessions, so there is no operator"));
    role(principal -> allows(principal, "ListSessions") && !allows(principal, "TerminateSession"))
        .ifPresentOrElse(
            role -> people.add(other("auditor", role.logicalId())),
            () -> remarks.accept("no role may only see sessions, so there is no auditor"));
    role(Personas::readsTheBill)
        .ifPresent(role -> people.add(other("bill-reader", role.logicalId())));
    for (ScheduledFunction function : blueprint.functions()) {
      people.add(other(function.name(), function.roleLogicalId()));
    }
    return people;
  }

  /** A function's own role is nobody's. */
  private Optional<Principal> role(Predicate<Principal> which) {
    List<String> functions =
        blueprint.functions().stream().map(ScheduledFunction::roleLogicalId).toList();
    return new TreeMap<>(blueprint.principals())
        .values().stream()
            .filter(principal -> !functions.contains(principal.logicalId()))
            .filter(which)
            .findFirst();
  }

  /** Somebody who starts sessions or job runs of his own. */
  private Persona starter(String name, Principal role, String action) {
    Optional<Map.Entry<String, String>> owner = ownerCondition(role, action);
    String variable = owner.map(Map.Entry::getValue).orElse("");
    String tag = principalTag(variable);
    Credentials credentials =
        access.issue(
            role.logicalId(),
            name,
            variable.equals(SOURCE_IDENTITY) ? name : "",
            tag.isEmpty() ? Map.of() : Map.of(tag, name));
    String value = variable.equals("${aws:userid}") ? credentials.identity().userId() : name;
    return new Persona(
        name,
        credentials,
        owner.map(o -> new OwnerTag(o.getKey(), value)).orElse(new OwnerTag("", "")),
        "");
  }

  private List<Persona> users(
      Principal developers, Optional<Principal> submitters, Consumer<String> remarks) {
    boolean bySourceIdentity =
        ownerCondition(developers, "StartSession")
            .map(owner -> owner.getValue().equals(SOURCE_IDENTITY))
            .orElse(false);
    List<Persona> users =
        new Users(blueprint, access)
            .whoMayAssume(
                developers.arn(), bySourceIdentity, submitters.map(Principal::arn).orElse(""));
    if (users.isEmpty()) {
      remarks.accept(
          "the developers' role %s trusts no IAM user under its own name, so there is no alice and no bob"
              .formatted(developers.logicalId()));
    }
    return users;
  }

  private Persona other(String name, String roleLogicalId) {
    return new Persona(name, access.issue(roleLogicalId, name), new OwnerTag("", ""), "");
  }

  /** The tag that an action of the role asks for, and the variable that it must equal. */
  private static Optional<Map.Entry<String, String>> ownerCondition(Principal role, String action) {
    return role.statements().stream()
        .filter(statement -> allows(statement, action))
        .map(statement -> statement.at("/Condition/StringEquals"))
        .flatMap(condition -> fields(condition))
        .filter(field -> field.getKey().startsWith(IN_REQUEST))
        .map(field -> Map.entry(field.getKey().substring(IN_REQUEST.length()), field.getValue()))
        .findFirst();
  }

  private static Stream<Map.Entry<String, String>> fields(JsonNode object) {
    return object.properties().stream()
        .map(field -> Map.entry(field.getKey(), field.getValue().asText()));
  }

  private static String principalTag(String variable) {
    String prefix = "${aws:PrincipalTag/";
    return variable.startsWith(prefix)
        ? variable.substring(prefix.length(), variable.length() - 1)
        : "";
  }

  /** Whoever may learn where the bill's records are, and sees no sessions. */
  private static boolean readsTheBill(Principal principal) {
    return !allows(principal, "ListSessions")
        && principal.statements().stream()
            .filter(statement -> statement.path("Effect").asText().equals("Allow"))
            .filter(statement -> statement.path("Action").toString().contains("\"ssm:GetParameter"))
            .anyMatch(
                statement -> statement.path("Resource").toString().contains("/usage-location\""));
  }

  private static boolean allows(Principal principal, String action) {
    return principal.statements().stream().anyMatch(statement -> allows(statement, action));
  }

  private static boolean allows(JsonNode statement, String action) {
    JsonNode actions = statement.path("Action");
    Stream<JsonNode> all =
        actions.isArray() ? StreamSupport.stream(actions.spliterator(), false) : Stream.of(actions);
    return statement.path("Effect").asText().equals("Allow")
        && all.anyMatch(one -> one.asText().equalsIgnoreCase("emr-serverless:" + action));
  }
}
