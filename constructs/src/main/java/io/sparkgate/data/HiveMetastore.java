package io.sparkgate.data;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.amazon.awscdk.services.secretsmanager.CfnSecretTargetAttachment;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.constructs.IConstruct;

/**
 * How a metastore of Hive is reached: by its thrift servers, or by JDBC in its database. Give the
 * workers a way there: {@code database.getConnections().allowDefaultPortFrom(network)}.
 */
public final class HiveMetastore {

  /** What the keys of JDBC's settings begin with. */
  static final String CONNECTION = "spark.hadoop.javax.jdo.option.Connection";

  private final String address;
  private final Optional<Jdbc> jdbc;

  /**
   * What JDBC needs besides an address.
   *
   * @param jar the key of the driver's jar in the bucket
   */
  record Jdbc(
      ConfigurationSecret user,
      ConfigurationSecret password,
      String driver,
      IBucket bucket,
      String jar) {}

  private HiveMetastore(String address, Optional<Jdbc> jdbc) {
    this.address = address;
    this.jdbc = jdbc;
  }

  /**
   * Thrift servers, without Kerberos, which EMR Serverless does not speak to a metastore.
   *
   * @param uris one or more, such as {@code thrift://10.0.1.2:9083}; may be tokens
   * @return the way there
   * @throws IllegalArgumentException if there is none, or one is no such URI
   */
  public static HiveMetastore thrift(String... uris) {
    if (uris.length == 0) {
      throw new IllegalArgumentException(
          "HiveMetastore.thrift received no URI, but takes one or more, such as thrift://10.0.1.2:9083");
    }
    Stream.of(uris)
        .filter(uri -> !Tokens.isUnresolved(uri) && !uri.matches("thrift://[^\\s/,:]+:\\d{1,5}"))
        .findFirst()
        .ifPresent(
            uri -> {
              throw new IllegalArgumentException(
                  "HiveMetastore.thrift received '%s', but takes URIs with a port, such as thrift://10.0.1.2:9083"
                      .formatted(uri));
            });
    return new HiveMetastore(String.join(",", uris), Optional.empty());
  }

  /**
   * A database, such as Aurora or RDS with MySQL or MariaDB. User and password never stand in a
   * template: EMR Serverless reads them when a session starts, and each secret's whole text is the
   * value, so a secret that RDS made, which is JSON, will not do. A secret needs a customer managed
   * key.
   *
   * @param url such as {@code jdbc:mariadb://metastore.example.com:3306/hive}; may be a token
   * @param user the secret with the name of the user
   * @param password the secret with the password
   * @param driver the driver's class, such as {@code org.mariadb.jdbc.Driver}
   * @param bucket where its jar is, which the execution role is let read
   * @param jar the key of the jar
   * @return the way there
   * @throws IllegalArgumentException if this is no such address, it has a password in it, or EMR
   *     Serverless cannot read a secret, or both are one, or one is made as JSON
   */
  public static HiveMetastore jdbc(
      String url, ISecret user, ISecret password, String driver, IBucket bucket, String jar) {
    if (!Tokens.isUnresolved(url) && !url.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "HiveMetastore.jdbc received the url '%s', but takes one such as jdbc:mariadb://metastore.example.com:3306/hive"
              .formatted(url));
    }
    if (url.matches("(?i).*([?&;]password=|//[^/@]*:[^/@]*@).*")) {
      throw new IllegalArgumentException(
          "HiveMetastore.jdbc: url has a password in it, which everybody would read in the template; leave it out, and give it as a secret");
    }
    if (user.getSecretArn().equals(password.getSecretArn())) {
      throw new IllegalArgumentException(
          """
          HiveMetastore.jdbc: user and password are both secret %s, but the whole text of a secret \
          is the value; make a secret for each"""
              .formatted(user.getNode().getPath()));
    }
    return new HiveMetastore(
        url,
        Optional.of(
            new Jdbc(
                secret(user, "UserName"),
                secret(password, "Password"),
                requireNonNull(driver, "driver"),
                requireNonNull(bucket, "bucket"),
                requireNonNull(jar, "jar"))));
  }

  private static ConfigurationSecret secret(ISecret secret, String key) {
    if (isJson(secret)) {
      throw new IllegalArgumentException(
          """
          HiveMetastore.jdbc: secret %s is JSON, as those of databases are, but the whole text of \
          a secret is the value; make a secret for the name of the user, and one for the password"""
              .formatted(secret.getNode().getPath()));
    }
    return new ConfigurationSecret(secret, "spark-defaults", CONNECTION + key);
  }

  /** Whether it is made here as the CDK and RDS make secrets of databases. */
  private static boolean isJson(ISecret secret) {
    IConstruct made = secret.getNode().getDefaultChild();
    if (made instanceof CfnSecretTargetAttachment) {
      return true;
    }
    return made instanceof CfnSecret generated
        && generated.getStack().resolve(generated.getGenerateSecretString())
            instanceof Map<?, ?> how
        && (how.containsKey("secretStringTemplate") || how.containsKey("generateStringKey"));
  }

  String address() {
    return address;
  }

  Optional<Jdbc> database() {
    return jdbc;
  }

  List<ConfigurationSecret> secrets() {
    return jdbc.map(by -> List.of(by.user(), by.password())).orElse(List.of());
  }
}
