package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.spark.ReleaseLabel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.assets.DockerImageAsset;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ImageConfigurationInputProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/**
 * An image of your own for workers, built from the one that EMR Serverless has for the release:
 * private in ECR of the application's Region, and at most 10 GB. Whoever deploys must be allowed
 * {@code ecr:BatchGetImage}, {@code ecr:DescribeImages} and {@code ecr:GetDownloadUrlForLayer} on
 * it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/application-custom-image.html">Customizing
 *     an image</a>
 */
public final class WorkerImage {

  /** As the API has it. */
  private static final Pattern URI =
      Pattern.compile(
          "([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.[a-z0-9.-]+/"
              + "[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})");

  private static final Pattern TAG =
      Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}|sha256:[0-9a-f]{64}");
  private static final Pattern RELEASE = Pattern.compile("emr-\\d+\\.\\d+\\.\\d+");
  private static final String SERVICE = "emr-serverless.amazonaws.com";

  private final String uri;
  private final @Nullable IRepository repository;
  private final @Nullable CpuArchitecture builtFor;
  private final boolean isAsset;

  private WorkerImage(
      String uri,
      @Nullable IRepository repository,
      @Nullable CpuArchitecture builtFor,
      boolean isAsset) {
    this.uri = uri;
    this.repository = repository;
    this.builtFor = builtFor;
    this.isAsset = isAsset;
  }

  /**
   * An image of a repository. The policy of one that is made in this app then lets the service pull
   * from it for applications of the account; of others warns ({@code
   * \@sparkgate/constructs:importedRepository}). Warns of a repository of the application's own
   * stack ({@code \@sparkgate/constructs:emptyRepository}), which is empty when the application is
   * first made.
   *
   * @param repository of the application's Region
   * @param tagOrDigest such as {@code emr-7.13.0-1}, or {@code sha256:…}, which never changes
   * @return the image
   * @throws IllegalArgumentException if this is neither a tag nor a digest
   */
  public static WorkerImage fromRepository(IRepository repository, String tagOrDigest) {
    requireNonNull(repository, "repository");
    if (!Tokens.isUnresolved(tagOrDigest) && !TAG.matcher(tagOrDigest).matches()) {
      throw new IllegalArgumentException(
          "WorkerImage: '%s' is neither a tag nor a digest; use 1 to 128 of A-Z a-z 0-9 _ . -, or sha256: and 64 hexadecimal digits"
              .formatted(tagOrDigest));
    }
    return new WorkerImage(
        repository.repositoryUriForTagOrDigest(tagOrDigest), repository, null, false);
  }

  /**
   * An image that the CDK builds and uploads. The CDK's bootstrap lets the service pull it, as seen
   * in version 33 of its template.
   *
   * @param asset built with {@code platform(Platform.LINUX_ARM64)} or {@code LINUX_AMD64}
   * @param builtFor the processor of that platform, which an asset does not tell
   * @return the image
   */
  public static WorkerImage fromAsset(DockerImageAsset asset, CpuArchitecture builtFor) {
    return new WorkerImage(
        asset.getImageUri(), asset.getRepository(), requireNonNull(builtFor, "builtFor"), true);
  }

  /**
   * An image by its address. Its repository's policy is not changed from here, which warns ({@code
   * \@sparkgate/constructs:importedRepository}).
   *
   * @param uri {@code <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>}, or with {@code
   *     @sha256:…}; may be a token
   * @return the image
   * @throws IllegalArgumentException if this is no address in private ECR with a tag or a digest
   */
  public static WorkerImage fromUri(String uri) {
    if (!Tokens.isUnresolved(uri) && !URI.matcher(uri).matches()) {
      throw new IllegalArgumentException(
          """
          WorkerImage: '%s' is no image that the service takes; use private ECR with a tag or a \
          digest, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark:emr-7.13.0"""
              .formatted(uri));
    }
    return new WorkerImage(requireNonNull(uri, "uri"), null, null, false);
  }

  ImageConfigurationInputProperty render() {
    return ImageConfigurationInputProperty.builder().imageUri(uri).build();
  }

  void check(
      Findings findings, CpuArchitecture architecture, ReleaseLabel releaseLabel, Stack stack) {
    findings.errorIf(
        builtFor != null && builtFor != architecture,
        "images received one that is built for %s, but architecture is %s; build it for that platform"
            .formatted(builtFor, architecture));
    region()
        .ifPresent(
            region ->
                findings.errorIf(
                    !Tokens.isUnresolved(stack.getRegion()) && !region.equals(stack.getRegion()),
                    "images received one of %s, but the application is in %s; copy it to a repository of the application's own Region"
                        .formatted(region, stack.getRegion())));
    Matcher release = RELEASE.matcher(Tokens.isUnresolved(uri) ? "" : uri);
    findings.warnIf(
        release.find() && !release.group().equals(releaseLabel.getLabel()),
        "imageOfOtherRelease",
        "images received %s, but releaseLabel is %s; build it from the base image of that release"
            .formatted(uri, releaseLabel));
  }

  private Optional<String> region() {
    if (repository != null && !isAsset) {
      String region = Place.of(repository).region();
      return Tokens.isUnresolved(region) ? Optional.empty() : Optional.of(region);
    }
    Matcher address = URI.matcher(uri);
    return address.matches() ? Optional.of(address.group(2)) : Optional.empty();
  }

  /**
   * Lets the service pull. Any application of the account, because a policy that names this one
   * would wait for the application, which waits for the image.
   */
  void admitService(Findings findings, Stack stack) {
    if (isAsset) {
      return;
    }
    findings.warnIf(
        repository != null
            && Resource.isOwnedResource(repository)
            && Stack.of(repository).equals(stack),
        "emptyRepository",
        """
        images: the repository of %s is made by this stack, so at the first deployment it is empty \
        and the application cannot be made; use WorkerImage.fromAsset, or make the repository in \
        a stack that is deployed before, or acknowledge this once the image is there"""
            .formatted(shown()));
    findings.warnIf(
        repository == null || !repository.addToResourcePolicy(pull(stack)).getStatementAdded(),
        "importedRepository",
        """
        images: the repository of %s was made elsewhere, so its policy is not changed from here, \
        and without a statement for %s the application cannot be made; add one there \
        (docs/security.md has it)"""
            .formatted(shown(), SERVICE));
  }

  private String shown() {
    return repository != null
        ? repository.getNode().getPath()
        : Tokens.isUnresolved(uri) ? "an image" : uri;
  }

  private static PolicyStatement pull(Stack stack) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new ServicePrincipal(SERVICE)))
        .actions(List.of("ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"))
        .conditions(
            Ordered.map(
                Map.entry("ArnLike", Map.of("aws:SourceArn", ApplicationArn.ofAll(stack))),
                Map.entry("StringEquals", Map.of("aws:SourceAccount", stack.getAccount()))))
        .build();
  }
}
