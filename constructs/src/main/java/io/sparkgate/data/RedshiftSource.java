package io.sparkgate.data;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.spark.FeatureTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.IResource;

/**
 * A database of Redshift, which the driver enters with a temporary password ({@code
 * jdbc:redshift:iam://…}), before it is said where its data passes through. It is in your VPC: its
 * security group must admit the workers' on its port, 5439 unless changed.
 */
public final class RedshiftSource {

  private static final String IDENTIFIER = "[^*?/\\s]{1,127}";

  private final String name;
  private final List<Statement> statements;
  private final String service;
  private final Optional<Place> place;

  private RedshiftSource(
      String name, List<Statement> statements, String service, Optional<Place> place) {
    this.name = name;
    this.statements = statements;
    this.service = service;
    this.place = place;
  }

  /** Of the application's account and Region. */
  static RedshiftSource cluster(String cluster, String database, String user) {
    String where = "DataSource.redshiftCluster";
    String named = Arns.name(where, "cluster", cluster, "[a-z][a-z0-9-]{0,62}");
    return new RedshiftSource(
        "%s '%s'".formatted(where, cluster),
        SourcePermissions.redshiftCluster(
            arn("cluster", named),
            arn("dbname", named + "/" + Arns.name(where, "database", database, IDENTIFIER)),
            arn("dbuser", named + "/" + Arns.name(where, "user", user, IDENTIFIER))),
        "redshift",
        Optional.empty());
  }

  static RedshiftSource workgroup(String arn) {
    String where = "DataSource.redshiftWorkgroup";
    Arns.require(
        where,
        arn,
        "arn:[a-z-]+:redshift-serverless:[a-z0-9-]+:\\d{12}:workgroup/[^/*?]+",
        "arn:aws:redshift-serverless:eu-west-1:111122223333:workgroup/0a1b2c3d-4e5f");
    return new RedshiftSource(
        where, SourcePermissions.redshiftWorkgroup(arn), "redshift-serverless", Arns.place(arn));
  }

  private static String arn(String kind, String name) {
    return "arn:%s:redshift:%s:%s:%s:%s"
        .formatted(Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID, kind, name);
  }

  /**
   * Sets the folder that data passes through (the option {@code tempdir}): the workers read and
   * write it, and so does Redshift, as a role of its own that the option {@code aws_iam_role}
   * names. Nobody cleans it up: give it a lifecycle rule.
   *
   * @param folder such as {@code DataSource.bucket(bucket).below("redshift/")}
   * @return the access
   */
  public SourceAccess tempDirectory(BucketSource folder) {
    return new Access(this, folder.readWrite());
  }

  private static final class Access extends SourceAccess {

    private final RedshiftSource source;
    private final SourceAccess temporary;

    Access(RedshiftSource source, SourceAccess temporary) {
      super(source.name);
      this.source = source;
      this.temporary = temporary;
    }

    @Override
    List<Statement> statements() {
      return Stream.concat(source.statements.stream(), temporary.statements().stream()).toList();
    }

    @Override
    List<KeyUse> keys() {
      return temporary.keys();
    }

    @Override
    Optional<Place> place() {
      return source.place;
    }

    @Override
    String since() {
      return "emr-6.9.0";
    }

    @Override
    List<String> moreProblems(FeatureTarget target) {
      return temporary.problems(target);
    }

    /** Only its bucket can be another account's, and only what is said of that is its policy's. */
    @Override
    void admit(IResource role, Findings findings) {
      temporary
          .owned()
          .ifPresent(
              owned -> owned.open(temporary.toString(), temporary.statements(), role, findings));
      temporary.admit(role, findings);
    }

    @Override
    public List<PrivateEndpoint> endpoints() {
      return List.of(PrivateEndpoint.of(source.service));
    }

    @Override
    public boolean needsVpc() {
      return true;
    }
  }
}
