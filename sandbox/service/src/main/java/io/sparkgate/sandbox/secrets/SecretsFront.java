package io.sparkgate.sandbox.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.json11.Json11Front;
import java.util.Map;

/** Secrets Manager over HTTP: GetSecretValue. Who may not read a secret learns nothing of it. */
public final class SecretsFront extends Json11Front {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "secretsmanager";

  private final AccessControl access;
  private final Map<String, String> secrets;

  /**
   * The service.
   *
   * @param secrets the values by the ARNs
   */
  public SecretsFront(AccessControl access, Map<String, String> secrets) {
    super(access, "secretsmanager.");
    this.access = access;
    this.secrets = Map.copyOf(secrets);
  }

  @Override
  protected JsonNode call(String operation, Identity caller, JsonNode input) throws Fault {
    if (!operation.equals("GetSecretValue")) {
      throw Fault.unknownOperation("Secrets Manager", operation, "GetSecretValue");
    }
    String id = input.path("SecretId").asText();
    // A name stands for the ARN, which ends with six characters more.
    String arn =
        secrets.keySet().stream()
            .filter(one -> one.equals(id) || name(one).equals(id))
            .findFirst()
            .orElse(id);
    Fault.ifDenied(
        access.denial(caller, Action.on("secretsmanager:GetSecretValue", arn, Map.of())));
    String value = secrets.get(arn);
    if (value == null) {
      throw Fault.of(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("ARN", arn)
        .put("Name", name(arn))
        .put("SecretString", value);
  }

  private static String name(String arn) {
    return arn.replaceFirst("^.*:secret:", "").replaceFirst("-[^-]{6}$", "");
  }
}
