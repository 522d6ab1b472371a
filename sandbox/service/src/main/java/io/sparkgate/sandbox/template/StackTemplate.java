package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A stack's template, resource by resource, for who deploys it in CloudFormation's order. */
public final class StackTemplate {

  private final StackFile stack;
  private final Template template;
  private final Resolver resolver;
  private final Dependencies dependencies;

  private StackTemplate(StackFile stack, Template template, Known known) {
    this.stack = stack;
    this.template = template;
    this.resolver = new Resolver(template, stack, known);
    this.dependencies = new Dependencies(template);
  }

  /**
   * Reads a stack.
   *
   * @param cdkOutOrTemplate the directory that {@code cdk synth} wrote, or a template in JSON
   * @param stack which of the directory's stacks; needed when it has several
   * @param known asked at the time that a reference is resolved
   * @throws BadInput in one line: the file, what was found there and what to do
   */
  public static StackTemplate read(Path cdkOutOrTemplate, Optional<String> stack, Known known)
      throws BadInput {
    StackFile file = StackFiles.find(cdkOutOrTemplate, stack);
    return new StackTemplate(file, Template.read(file.template()), known);
  }

  public String stack() {
    return stack.stack();
  }

  public String account() {
    return stack.account();
  }

  public String region() {
    return stack.region();
  }

  public String partition() {
    return stack.partition();
  }

  /** The ARN of the stack; its last part is made up. */
  public String stackId() {
    return stack.stackId();
  }

  /** The logical ids of all resources, in the order of the template. */
  public List<String> resources() {
    return template.ids();
  }

  public String type(String logicalId) {
    return template.type(logicalId);
  }

  /** An attribute of a resource such as DeletionPolicy; empty when it has none. */
  public String attribute(String logicalId, String name) {
    return template.member(logicalId, name).asText();
  }

  /** The resources that it waits for. */
  public Set<String> dependencies(String logicalId) {
    return dependencies.of(logicalId);
  }

  /** All properties, with references resolved by what is known now. */
  public JsonNode properties(String logicalId) throws BadInput {
    return resolver.resolve(template.properties(logicalId));
  }

  /** What Ref gives. */
  public String physicalId(String logicalId) throws BadInput {
    return resolver.references().ref(logicalId).asText();
  }

  public String arn(String logicalId) throws BadInput {
    return resolver.references().arn(logicalId);
  }

  /** The unique id of a role, the first half of {@code aws:userid}. */
  public String roleUniqueId(String logicalId) {
    return resolver.references().uniqueId(logicalId);
  }

  /** The file that the assembly has for an asset. */
  public Path asset(String s3Key) {
    return template.file().resolveSibling("asset." + s3Key).toAbsolutePath().normalize();
  }

  /** Properties of an application in the words of CreateApplication. */
  public static JsonNode applicationRequest(JsonNode properties) {
    return ApplicationRequest.of(properties);
  }

  /** One line that begins with the template's file. */
  public BadInput problem(String message, Object... details) {
    return template.problem(message, details);
  }
}
