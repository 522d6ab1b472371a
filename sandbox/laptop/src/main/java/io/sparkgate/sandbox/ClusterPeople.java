package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.Persona.OwnerTag;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Signs in those who use a cluster that stands alone. */
final class ClusterPeople {

  private static final List<String> WAYS_IN =
      List.of("\"ssm:StartSession\"", "\"secretsmanager:GetSecretValue\"");

  private final Blueprint blueprint;
  private final TemplateAccess access;

  ClusterPeople(Blueprint blueprint, TemplateAccess access) {
    this.blueprint = blueprint;
    this.access = access;
  }

  /** Users who become the role of the contract, or the one that has a way in; or in no role. */
  List<Persona> signIn(Consumer<String> remarks) {
    Optional<Principal> role = role();
    if (role.isEmpty()) {
      List<JsonNode> secret = new ArrayList<>();
      blueprint
          .cluster()
          .flatMap(cluster -> cluster.install().option("--secret"))
          .ifPresent(arn -> secret.add(Users.allow(arn, "secretsmanager:GetSecretValue")));
      remarks.accept(
          "no role of the template is for people, so alice and bob are in none, and may read the cluster's contract%s as if an administrator had let them"
              .formatted(secret.isEmpty() ? "" : " and token"));
      return new Users(blueprint, access).inNoRole(secret);
    }
    List<Persona> users = new Users(blueprint, access).whoMayAssume(role.get().arn(), false);
    if (!users.isEmpty()) {
      return users;
    }
    remarks.accept(
        "role %s trusts no IAM user under its own name, so alice and bob are in it already"
            .formatted(role.get().logicalId()));
    return Users.NAMES.stream()
        .map(
            name ->
                new Persona(
                    name, access.issue(role.get().logicalId(), name), new OwnerTag("", ""), ""))
        .toList();
  }

  private Optional<Principal> role() {
    String told =
        Contract.ofCluster(blueprint)
            .map(contract -> contract.values().getOrDefault("developer-role-arn", ""))
            .orElse("");
    List<Principal> all = List.copyOf(new TreeMap<>(blueprint.principals()).values());
    return all.stream()
        .filter(role -> role.arn().equals(told))
        .findFirst()
        .or(() -> all.stream().filter(this::isForPeople).findFirst());
  }

  /** Trusted by AWS's principals, not by a service, and allowed a way in. */
  private boolean isForPeople(Principal role) {
    return !role.trust().findValues("AWS").isEmpty()
        && role.statements().stream()
            .map(statement -> statement.path("Action").toString())
            .anyMatch(actions -> WAYS_IN.stream().anyMatch(actions::contains));
  }
}
