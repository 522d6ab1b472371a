package io.sparkgate.jobs;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Grantee;
import io.sparkgate.internal.JobPermissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.assets.Asset;

/**
 * Files of this app that job runs read: an entry point, a jar, an input. The deployment uploads
 * them as assets.
 *
 * <pre>{@code
 * JobFiles script = JobFiles.of(Asset.Builder.create(this, "Script").path("jobs/sales.py").build());
 * script.grantRead(platform.getExecutionRole());
 * }</pre>
 */
public final class JobFiles {

  private final List<Asset> assets;

  private JobFiles(List<Asset> assets) {
    this.assets = assets;
  }

  /**
   * Names files.
   *
   * @param assets each a file: of a folder, the CDK uploads a zip, which Spark does not open
   * @return the files
   * @throws IllegalArgumentException if there is none
   */
  public static JobFiles of(Asset... assets) {
    if (assets.length == 0) {
      throw new IllegalArgumentException("JobFiles.of received no asset; name at least one");
    }
    return new JobFiles(List.of(assets));
  }

  /**
   * Returns where the files are.
   *
   * @return {@code s3://bucket/key} of each, with commas between
   */
  public String getUrls() {
    return assets.stream().map(Asset::getS3ObjectUrl).collect(Collectors.joining(","));
  }

  /**
   * Lets a role read these files, and no other asset of the account: {@code Asset.grantRead} of the
   * CDK opens the whole bucket.
   *
   * @param executionRole the role that job runs have
   * @return the grant
   * @throws IllegalArgumentException if this is no role of the account of the assets
   */
  public Grant grantRead(IGrantable executionRole) {
    Asset first = assets.get(0);
    return Grantee.ofFiles(executionRole, Place.of(Stack.of(first)), new Findings(first))
        .grant(byBucket().stream().flatMap(JobFiles::reading).toList());
  }

  /** Each asset has a name of its own for the one bucket of its stack. */
  private Collection<List<Asset>> byBucket() {
    Map<String, List<Asset>> buckets = new LinkedHashMap<>();
    for (Asset asset : assets) {
      Object name = Stack.of(asset).resolve(asset.getS3BucketName());
      buckets.computeIfAbsent(String.valueOf(name), n -> new ArrayList<>()).add(asset);
    }
    return buckets.values();
  }

  private static Stream<Statement> reading(List<Asset> ofOneBucket) {
    return JobPermissions.reading(
        ofOneBucket.get(0).getBucket().getBucketArn(),
        ofOneBucket.stream().map(Asset::getS3ObjectKey).toList())
        .stream();
  }
}
