package io.sparkgate.spark;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Tokens;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An EMR release. The set is open: a release that is newer than this library is {@code
 * ReleaseLabel.of("emr-7.15.0")}.
 */
public final class ReleaseLabel {

  /** The first release with Spark Connect sessions; Spark 3.5.6. */
  public static final ReleaseLabel EMR_7_13_0 = new ReleaseLabel("emr-7.13.0");

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._/-]{1,64}");
  private static final Map<String, String> SPARK_VERSIONS = Map.of("7.13.0", "3.5.6");

  /** As AWS's samples report (aws-samples/emr-serverless-samples, May 2026). */
  private static final Map<String, String> PYTHON_VERSIONS = Map.of("7.13.0", "3.11");

  private final String label;

  private ReleaseLabel(String label) {
    this.label = label;
  }

  /**
   * Any release.
   *
   * @param label for example {@code emr-7.15.0}; may be a token
   * @return the release
   * @throws IllegalArgumentException if the label has other characters than the service allows
   */
  public static ReleaseLabel of(String label) {
    requireNonNull(label, "label");
    if (!Tokens.isUnresolved(label) && !LEGAL.matcher(label).matches()) {
      throw new IllegalArgumentException(
          """
          ReleaseLabel: '%s' is not a release label; use 1 to 64 of A-Z a-z 0-9 . _ / -, such as \
          emr-7.13.0"""
              .formatted(label));
    }
    return new ReleaseLabel(label);
  }

  /**
   * Returns the label as the service spells it.
   *
   * @return for example {@code emr-7.13.0}
   */
  public String getLabel() {
    return label;
  }

  /**
   * Returns the version of Spark in this release. The client must have exactly this one: {@code pip
   * install pyspark[connect]==<version>}.
   *
   * @return the version; empty if this library does not know the release
   */
  public Optional<String> sparkVersion() {
    return version().map(Version::toString).map(SPARK_VERSIONS::get);
  }

  /**
   * Returns the minor version of Python that the workers run. A client must run the same for Python
   * functions; DataFrames and SQL work with others.
   *
   * @return such as 3.11; empty if this library does not know it of the release
   */
  public Optional<String> pythonVersion() {
    return version().map(Version::toString).map(PYTHON_VERSIONS::get);
  }

  /**
   * Returns what a client must install: PySpark of exactly this Spark, and exact versions of what
   * it needs, with which it was seen to work. Without these pip takes newer ones that break it.
   *
   * @return the arguments of {@code pip install}, quoted for a shell; PySpark alone where this
   *     library knows of a release no more than its Spark; empty if not even that
   */
  public Optional<String> pipRequirements() {
    return sparkVersion().map(spark -> PipRequirements.of("emr-" + version().orElseThrow(), spark));
  }

  /** The numbers in the label; empty for tokens and for labels such as emr-spark-8.0.0-preview. */
  Optional<Version> version() {
    return Tokens.isUnresolved(label) ? Optional.empty() : Version.parse(label);
  }

  /**
   * Whether the label starts with emr-x.y.z, so that it can be compared.
   *
   * @return false for tokens and for labels such as emr-spark-8.0.0-preview
   */
  public boolean isNumbered() {
    return version().isPresent();
  }

  /**
   * Whether this release is older than another, by number.
   *
   * @param other the other
   * @return false too if one of them is not {@linkplain #isNumbered() numbered}
   */
  public boolean isBefore(ReleaseLabel other) {
    return version().flatMap(mine -> other.version().map(mine::isBefore)).orElse(false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReleaseLabel that && label.equals(that.label);
  }

  @Override
  public int hashCode() {
    return label.hashCode();
  }

  @Override
  public String toString() {
    return label;
  }

  /** Compared by number: as strings, 7.9.0 would be newer than 7.13.0. */
  record Version(int major, int minor, int patch) {

    private static final Pattern FORM =
        Pattern.compile("emr-(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(-.*)?");

    static Optional<Version> parse(String label) {
      Matcher matcher = FORM.matcher(label);
      return matcher.matches()
          ? Optional.of(
              new Version(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3))))
          : Optional.empty();
    }

    boolean isBefore(Version other) {
      return major != other.major
          ? major < other.major
          : minor != other.minor ? minor < other.minor : patch < other.patch;
    }

    @Override
    public String toString() {
      return major + "." + minor + "." + patch;
    }
  }
}
