package io.sparkgate.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.IGatewayVpcEndpointService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;

/**
 * An AWS service that people and workers reach without the internet, through an interface endpoint.
 * Each is billed by the hour and zone, about USD 0.01 (secondary sources of 2026; check yours); the
 * two gateway endpoints, {@link #DYNAMODB} and {@link #S3_EXPRESS}, are free.
 */
public final class PrivateEndpoint {

  /** Where a session takes its Spark Connect calls; aws-cdk-lib has no constant for it. */
  public static final PrivateEndpoint SESSIONS =
      new PrivateEndpoint("emr-serverless-services.sessions", "Sessions");

  /** The API that starts sessions and hands out their endpoints. */
  public static final PrivateEndpoint EMR_SERVERLESS = ofInterface("emr-serverless");

  /** The Spark UI of a session. */
  public static final PrivateEndpoint DASHBOARD =
      new PrivateEndpoint("emr-serverless.dashboard", "Dashboard");

  /** CloudWatch Logs, for applications that write there. */
  public static final PrivateEndpoint LOGS = ofInterface("logs");

  /** Security Token Service. */
  public static final PrivateEndpoint STS = ofInterface("sts");

  /** Glue, for its Data Catalog. */
  public static final PrivateEndpoint GLUE = ofInterface("glue");

  /** Key Management Service, for data encrypted with a key of yours. */
  public static final PrivateEndpoint KMS = ofInterface("kms");

  /** Secrets Manager, for secrets that Spark's configuration refers to. */
  public static final PrivateEndpoint SECRETS_MANAGER =
      new PrivateEndpoint("secretsmanager", "SecretsManager");

  /** Systems Manager, for people who read the connection parameters from inside the VPC. */
  public static final PrivateEndpoint SSM = ofInterface("ssm");

  /** DynamoDB: a gateway endpoint, free. */
  public static final PrivateEndpoint DYNAMODB =
      new PrivateEndpoint("dynamodb", "DynamoDb", List.of(), GatewayVpcEndpointAwsService.DYNAMODB);

  /** S3 Express One Zone, whose buckets S3's own endpoint does not lead to: a gateway, free. */
  public static final PrivateEndpoint S3_EXPRESS =
      new PrivateEndpoint(
          "s3express", "S3Express", List.of(), GatewayVpcEndpointAwsService.S3_EXPRESS);

  /** What the nodes of a cluster call, beside S3. */
  static final List<PrivateEndpoint> OF_CLUSTERS =
      List.of(
          ofInterface("elasticmapreduce"),
          SSM,
          ofInterface("ssmmessages"),
          KMS,
          STS,
          LOGS,
          SECRETS_MANAGER);

  private final String service;
  private final String id;
  private final List<String> accounts;
  private final @Nullable IGatewayVpcEndpointService gateway;

  private PrivateEndpoint(String service, String id) {
    this(service, id, List.of(), null);
  }

  private PrivateEndpoint(
      String service,
      String id,
      List<String> accounts,
      @Nullable IGatewayVpcEndpointService gateway) {
    this.service = service;
    this.id = id;
    this.accounts = List.copyOf(accounts);
    this.gateway = gateway;
  }

  /**
   * Another service.
   *
   * @param service what the name of its endpoint service has behind the Region: {@code glue} of
   *     {@code com.amazonaws.eu-west-1.glue}
   * @return its endpoint
   * @throws IllegalArgumentException if this is no such name
   */
  public static PrivateEndpoint of(String service) {
    if (!service.matches("[a-z0-9]+([.-][a-z0-9]+)*") || service.startsWith("com.amazonaws.")) {
      throw new IllegalArgumentException(
          """
          PrivateEndpoint.of received '%s', but takes what the name of an endpoint service has \
          behind the Region, such as 'glue' of com.amazonaws.eu-west-1.glue\
          """
              .formatted(service));
    }
    return Stream.of(DYNAMODB, S3_EXPRESS)
        .filter(gateway -> gateway.service.equals(service))
        .findFirst()
        .orElseGet(() -> ofInterface(service));
  }

  private static PrivateEndpoint ofInterface(String service) {
    return new PrivateEndpoint(
        service,
        Arrays.stream(service.split("[.-]"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining()));
  }

  /**
   * Lets workers reach another account's resources through it too. Default: an endpoint leads to
   * this account's alone.
   *
   * @param account 12 digits; may be a token
   * @return the same endpoint with this setting; still equal to it, because a network has one for a
   *     service
   */
  public PrivateEndpoint reaching(String account) {
    return new PrivateEndpoint(
        service, id, Stream.concat(accounts.stream(), Stream.of(account)).toList(), gateway);
  }

  /** One for each service, reaching all that any of them does. */
  static List<PrivateEndpoint> merged(List<PrivateEndpoint> endpoints) {
    return List.copyOf(
        endpoints.stream()
            .collect(
                Collectors.toMap(
                    PrivateEndpoint::toString,
                    endpoint -> endpoint,
                    PrivateEndpoint::and,
                    LinkedHashMap::new))
            .values());
  }

  private PrivateEndpoint and(PrivateEndpoint other) {
    return new PrivateEndpoint(
        service,
        id,
        Stream.concat(accounts.stream(), other.accounts.stream()).distinct().toList(),
        gateway);
  }

  /** Whose resources it leads to besides this account's. */
  List<String> accounts() {
    return accounts;
  }

  /**
   * Says whether it is a gateway endpoint: free, and a route instead of an address.
   *
   * @return false for an interface endpoint, which is billed
   */
  public boolean isGateway() {
    return gateway != null;
  }

  /** Empty for an interface endpoint. */
  Optional<IGatewayVpcEndpointService> gateway() {
    return Optional.ofNullable(gateway);
  }

  /** The CDK puts the partition's prefix before the name. */
  InterfaceVpcEndpointAwsService service() {
    return InterfaceVpcEndpointAwsService.Builder.create(service).build();
  }

  /** As a construct id. */
  String id() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PrivateEndpoint endpoint && endpoint.service.equals(service);
  }

  @Override
  public int hashCode() {
    return service.hashCode();
  }

  /** {@return the service} */
  @Override
  public String toString() {
    return service;
  }
}
