package io.sparkgate.app;

import static java.util.Objects.requireNonNullElse;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.regioninfo.RegionInfo;

/** The Regions of AWS, so that a mistyped one fails here and not at a deployment. */
final class Regions {

  /** As in the AWS SDK for Java 2.38.2 of November 2025, those of closed partitions included. */
  private static final List<String> KNOWN =
      List.of(
          "af-south-1",
          "ap-east-1",
          "ap-east-2",
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-south-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-southeast-3",
          "ap-southeast-4",
          "ap-southeast-5",
          "ap-southeast-6",
          "ap-southeast-7",
          "ca-central-1",
          "ca-west-1",
          "cn-north-1",
          "cn-northwest-1",
          "eu-central-1",
          "eu-central-2",
          "eu-isoe-west-1",
          "eu-north-1",
          "eu-south-1",
          "eu-south-2",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eusc-de-east-1",
          "il-central-1",
          "me-central-1",
          "me-south-1",
          "mx-central-1",
          "sa-east-1",
          "us-east-1",
          "us-east-2",
          "us-gov-east-1",
          "us-gov-west-1",
          "us-iso-east-1",
          "us-iso-west-1",
          "us-isob-east-1",
          "us-isob-west-1",
          "us-isof-east-1",
          "us-isof-south-1",
          "us-west-1",
          "us-west-2");

  private Regions() {}

  /** The setting {@code region}. */
  static Optional<String> of(Settings settings) {
    return settings
        .text("region", "[a-z]{2,4}(-[a-z]+)+-\\d", "a Region such as \"eu-west-1\"")
        .map(region -> known(settings, region));
  }

  private static String known(Settings settings, String region) {
    if (KNOWN.contains(region)) {
      return region;
    }
    String nearest =
        KNOWN.stream().min(Comparator.comparingInt(known -> distance(region, known))).orElseThrow();
    throw settings.wrong(
        "region",
        region,
        "a Region that AWS had in November 2025, such as \"%s\"; for a newer one leave this out and set AWS_REGION when you deploy"
            .formatted(nearest));
  }

  /** What every ARN of a known Region has behind its "arn:". */
  static String partition(String region) {
    return requireNonNullElse(RegionInfo.get(region).getPartition(), "aws");
  }

  /** How many letters to insert, remove or replace (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
