package io.sparkgate.sandbox.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.json11.Json11Front;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Systems Manager over HTTP: parameters, and sessions to an instance if there is one. */
public final class SsmFront extends Json11Front {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "ssm";

  private final ParameterOperations parameters;
  private final Optional<SessionOperations> sessions;

  /**
   * The service without an instance.
   *
   * @param parameters by their names
   * @param arns from names to ARNs
   */
  public SsmFront(
      AccessControl access, Map<String, Parameter> parameters, UnaryOperator<String> arns) {
    this(access, parameters, arns, Optional.empty());
  }

  /**
   * The service.
   *
   * @param parameters by their names
   * @param arns from names to ARNs
   * @param instance that sessions lead to
   */
  public SsmFront(
      AccessControl access,
      Map<String, Parameter> parameters,
      UnaryOperator<String> arns,
      Optional<Tunnels> instance) {
    super(access, "AmazonSSM.");
    this.parameters = new ParameterOperations(access, parameters, arns);
    this.sessions = instance.map(tunnels -> new SessionOperations(access, tunnels));
  }

  @Override
  protected JsonNode call(String operation, Identity caller, JsonNode input) throws Fault {
    switch (operation) {
      case "GetParameter":
        return parameters.get(caller, input);
      case "GetParameters":
        return parameters.getAll(caller, input);
      default:
        if (sessions.isPresent()) {
          Optional<JsonNode> answer = sessions.get().call(operation, caller, input);
          if (answer.isPresent()) {
            return answer.get();
          }
        }
        throw Fault.unknownOperation(
            "SSM",
            operation,
            "GetParameter and GetParameters"
                + (sessions.isPresent() ? ", StartSession and TerminateSession" : ""));
    }
  }
}
