package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What Ref and Fn::GetAtt give: made-up names in the shapes that AWS gives them. */
final class References {

  /** The property by which the template itself may name a resource of the type. */
  private static final Map<String, String> NAME_PROPERTIES =
      Map.ofEntries(
          Map.entry("AWS::Events::EventBus", "Name"),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
          Map.entry("AWS::Lambda::Function", "FunctionName"),
          Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
          Map.entry("AWS::S3::Bucket", "BucketName"),
          Map.entry("AWS::SecretsManager::Secret", "Name"),
          Map.entry("AWS::SNS::Topic", "TopicName"),
          Map.entry("AWS::SQS::Queue", "QueueName"),
          Map.entry("AWS::SSM::Document", "Name"),
          Map.entry("AWS::SSM::Parameter", "Name"));

  private static final Map<String, String> EC2_PREFIXES =
      Map.of(
          "AWS::EC2::VPC", "vpc",
          "AWS::EC2::Subnet", "subnet",
          "AWS::EC2::SecurityGroup", "sg",
          "AWS::EC2::VPCEndpoint", "vpce",
          "AWS::EC2::RouteTable", "rtb");

  /** A resource's property with all references resolved; missing when it has none. */
  interface Properties {
    JsonNode of(String logicalId, String property) throws BadInput;
  }

  private final Template template;
  private final StackFile stack;
  private final Properties properties;
  private final Known known;

  References(Template template, StackFile stack, Properties properties, Known known) {
    this.template = template;
    this.stack = stack;
    this.properties = properties;
    this.known = known;
  }

  JsonNode ref(String name) throws BadInput {
    if (template.has(name)) {
      return TextNode.valueOf(resource(name));
    }
    return switch (name) {
      case "AWS::Partition" -> TextNode.valueOf(stack.partition());
      case "AWS::Region" -> TextNode.valueOf(stack.region());
      case "AWS::AccountId" -> TextNode.valueOf(stack.account());
      case "AWS::URLSuffix" -> TextNode.valueOf(stack.urlSuffix());
      case "AWS::StackName" -> TextNode.valueOf(stack.stack());
      case "AWS::StackId" -> TextNode.valueOf(stack.stackId());
      case "AWS::NotificationARNs" -> JsonNodeFactory.instance.arrayNode();
      case "AWS::NoValue" -> MissingNode.getInstance();
      default -> parameter(name);
    };
  }

  JsonNode attribute(String logicalId, String attribute) throws BadInput {
    if (!template.has(logicalId)) {
      throw template.problem(
          "refers to attribute %s of '%s', which is not in the template; synthesize it again",
          attribute, logicalId);
    }
    Optional<JsonNode> given = known.attribute(logicalId, attribute);
    if (given.isPresent()) {
      return given.get();
    }
    return TextNode.valueOf(
        switch (attribute) {
          case "Arn", "TopicArn", "PolicyArn", "FunctionArn" -> arn(logicalId);
          case "ApplicationId", "GroupId", "SubnetId", "VpcId", "KeyId" -> resource(logicalId);
          case "RoleId" -> MadeUp.roleId(seed(logicalId));
          case "TopicName", "QueueName", "Name" -> name(logicalId);
          case "DNSName" -> host(logicalId);
          case "PrimaryInstanceId" -> MadeUp.ec2Id("i", seed(logicalId));
          default -> name(logicalId) + "-" + attribute;
        });
  }

  String arn(String id) throws BadInput {
    return switch (template.type(id)) {
      case "AWS::EMRServerless::Application" ->
          stack.arn("emr-serverless", "/applications/" + resource(id));
      case "AWS::EMR::Cluster" -> stack.arn("elasticmapreduce", "cluster/" + resource(id));
      case "AWS::Events::EventBus" -> stack.arn("events", "event-bus/" + name(id));
      case "AWS::IAM::Role" -> stack.iamArn("role" + path(id) + name(id));
      case "AWS::IAM::ManagedPolicy" -> stack.iamArn("policy" + path(id) + name(id));
      case "AWS::Lambda::Function" -> stack.arn("lambda", "function:" + name(id));
      case "AWS::Lambda::Version" -> functionArn(id) + ":1";
      case "AWS::Lambda::Alias" -> functionArn(id) + ":" + properties.of(id, "Name").asText();
      case "AWS::Logs::LogGroup" -> stack.arn("logs", "log-group:" + name(id) + ":*");
      case "AWS::S3::Bucket" -> "arn:" + stack.partition() + ":s3:::" + name(id);
      case "AWS::SecretsManager::Secret" ->
          stack.arn("secretsmanager", "secret:" + name(id) + "-" + MadeUp.suffix(seed(id)));
      case "AWS::SNS::Topic" -> stack.arn("sns", name(id));
      case "AWS::SQS::Queue" -> stack.arn("sqs", name(id));
      case "AWS::SSM::Parameter" ->
          stack.arn("ssm", "parameter/" + name(id).replaceFirst("^/", ""));
      case "AWS::KMS::Key" -> stack.arn("kms", "key/" + resource(id));
      case "AWS::ElasticLoadBalancingV2::LoadBalancer",
          "AWS::ElasticLoadBalancingV2::Listener",
          "AWS::ElasticLoadBalancingV2::TargetGroup",
          "AWS::ElasticLoadBalancingV2::TrustStore" ->
          stack.arn(
              "elasticloadbalancing",
              template.type(id).replaceFirst(".*::", "").toLowerCase(Locale.ROOT) + "/" + name(id));
      default -> {
        String[] type = template.type(id).toLowerCase(Locale.ROOT).split("::");
        yield type.length < 3 ? name(id) : stack.arn(type[1], type[2] + "/" + resource(id));
      }
    };
  }

  String uniqueId(String roleLogicalId) {
    return MadeUp.roleId(seed(roleLogicalId));
  }

  private String resource(String id) throws BadInput {
    Optional<String> given = known.physicalId(id);
    if (given.isPresent()) {
      return given.get();
    }
    String type = template.type(id);
    if (EC2_PREFIXES.containsKey(type)) {
      return MadeUp.ec2Id(EC2_PREFIXES.getOrDefault(type, ""), seed(id));
    }
    return switch (type) {
      case "AWS::EMRServerless::Application" -> MadeUp.applicationId(seed(id));
      case "AWS::EMR::Cluster" -> MadeUp.clusterId(seed(id));
      case "AWS::EMR::Step" -> MadeUp.stepId(seed(id));
      case "AWS::IAM::ManagedPolicy",
          "AWS::ElasticLoadBalancingV2::LoadBalancer",
          "AWS::ElasticLoadBalancingV2::Listener",
          "AWS::ElasticLoadBalancingV2::TargetGroup",
          "AWS::ElasticLoadBalancingV2::TrustStore",
          "AWS::SecretsManager::Secret",
          "AWS::SNS::Topic",
          "AWS::Lambda::Version",
          "AWS::Lambda::Alias" ->
          arn(id);
      case "AWS::KMS::Key" -> MadeUp.uuid(seed(id));
      case "AWS::SQS::Queue" ->
          "https://sqs.%s.%s/%s/%s"
              .formatted(stack.region(), stack.urlSuffix(), stack.account(), name(id));
      default -> name(id);
    };
  }

  private String name(String id) throws BadInput {
    String type = template.type(id);
    JsonNode given = properties.of(id, NAME_PROPERTIES.getOrDefault(type, "-"));
    if (given.isTextual()) {
      return given.asText();
    }
    return type.equals("AWS::S3::Bucket")
        ? MadeUp.bucketName(stack.stack(), id)
        : MadeUp.physicalName(stack.stack(), id);
  }

  private String host(String id) throws BadInput {
    return "internal-%s.%s.elb.%s"
        .formatted(name(id), stack.region(), stack.urlSuffix())
        .toLowerCase(Locale.ROOT);
  }

  private String path(String id) throws BadInput {
    return properties.of(id, "Path").asText("/");
  }

  /** A version or an alias names its function, or gives the ARN. */
  private String functionArn(String id) throws BadInput {
    String function = properties.of(id, "FunctionName").asText();
    return function.startsWith("arn:") ? function : stack.arn("lambda", "function:" + function);
  }

  private JsonNode parameter(String name) throws BadInput {
    JsonNode parameter = template.section("Parameters", name);
    if (parameter.isMissingNode()) {
      throw template.problem(
          "refers to '%s', which is not in the template; synthesize it again", name);
    }
    if (!parameter.has("Default")) {
      throw template.problem(
          "parameter '%s' has no default, and nobody is there to give it one; add a default", name);
    }
    JsonNode value = parameter.get("Default");
    String type = parameter.path("Type").asText();
    if (type.startsWith("AWS::SSM::Parameter::Value")) {
      // The default is the parameter's path; what is stored there only AWS knows.
      return TextNode.valueOf(value.asText().endsWith("/version") ? "30" : value.asText());
    }
    if (type.startsWith("List<") || type.equals("CommaDelimitedList")) {
      var list = JsonNodeFactory.instance.arrayNode();
      for (String element : value.asText().split(",")) {
        list.add(element.strip());
      }
      return list;
    }
    return value;
  }

  private String seed(String id) {
    return stack.stack() + "/" + id;
  }
}
