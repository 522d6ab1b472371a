package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.Shape.Entries;
import io.sparkgate.sandbox.emrserverless.Shape.Flag;
import io.sparkgate.sandbox.emrserverless.Shape.Items;
import io.sparkgate.sandbox.emrserverless.Shape.Secret;
import io.sparkgate.sandbox.emrserverless.Shape.Structure;
import io.sparkgate.sandbox.emrserverless.Shape.Text;
import io.sparkgate.sandbox.emrserverless.Shape.Whole;
import io.sparkgate.sandbox.emrserverless.Shape.Word;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The shapes of the service's model, by its names, that requests are made of. */
final class Shapes {

  static final Shape FLAG = new Flag();

  static final Text ID = text(1, 64, "[0-9a-z]+");
  static final Text CLIENT_TOKEN = text(1, 64, "[A-Za-z0-9._-]+");
  static final Text NEXT_TOKEN = text(1, 1024, "[A-Za-z0-9_=-]+");
  static final Text APPLICATION_NAME = text(1, 64, "[A-Za-z0-9._/#-]+");
  static final Text RELEASE_LABEL = text(1, 64, "[A-Za-z0-9._/-]+");
  static final Text ENGINE_TYPE = text(1, 64, ".*");
  static final Text STRING_256 = text(1, 256, ".*\\S.*");
  static final Text IAM_ROLE_ARN =
      text(
          20,
          2048,
          "arn:(aws[a-zA-Z0-9-]*):iam::([0-9]{12}):"
              + "(role((/)|(/[\\x21-\\x7F]+/))[\\w+=,.@-]+)");
  static final Text RESOURCE_ARN =
      text(
          60,
          1024,
          "arn:(aws[a-zA-Z0-9-]*):emr-serverless:.+:(\\d{12}):/applications/[0-9a-zA-Z]+"
              + "(/(jobruns|sessions)/[0-9a-zA-Z]+)?");
  static final Text TAG_KEY = text(1, 128, "[A-Za-z0-9 /_.:=+@-]+");
  static final Shape TAGS = new Entries(TAG_KEY, text(0, 256, "[A-Za-z0-9 /_.:=+@-]*"), 0, 200);
  static final Shape TAG_KEYS = new Items(TAG_KEY, 1, 200);
  static final Shape PAGE_SIZE = new Whole(1, 50);
  static final Shape IDLE_TIMEOUT = new Whole(0, 1_000_000);
  static final Shape RESOURCE_TYPE = new Word(List.of("SESSION"));
  static final Shape ARCHITECTURE = new Word(List.of("ARM64", "X86_64"));
  static final Shape SESSION_STATES = new Items(words(SessionState.values()), 1, 8);
  static final Shape APPLICATION_STATES = new Items(words(ApplicationState.values()), 1, 7);

  static final Shape JOB_RUN_STATES = new Items(words(JobRunState.values()), 0, 8);
  static final Shape JOB_RUN_MODE = new Word(List.of("BATCH", "STREAMING"));

  static final Structure MAXIMUM_CAPACITY = sizes().requiring("cpu", "memory");
  static final Shape INITIAL_CAPACITY =
      new Entries(
          workerType(),
          Shape.structure()
              .with("workerCount", new Whole(1, 1_000_000))
              .with(
                  "workerConfiguration",
                  sizes()
                      .with(
                          "diskType",
                          text(
                              1,
                              32,
                              "(SHUFFLE_OPTIMIZED|[Ss]huffle_[Oo]ptimized|STANDARD|[Ss]tandard)"))
                      .requiring("cpu", "memory"))
              .requiring("workerCount"),
          0,
          10);
  static final Shape RUNTIME_CONFIGURATION = configurations(3);

  private Shapes() {}

  static Text text(int min, int max, String pattern) {
    return new Text(min, max, Pattern.compile(pattern));
  }

  static Text workerType() {
    return text(1, 50, "[a-zA-Z]+[-_]*[a-zA-Z]+");
  }

  static Text keyArn() {
    return text(20, 2048, "arn:(aws[a-zA-Z0-9-]*):kms:[a-zA-Z0-9-]*:([0-9]{12}):key/[a-zA-Z0-9-]+");
  }

  private static Structure sizes() {
    return Shape.structure()
        .with("cpu", text(1, 15, "[1-9][0-9]*(\\s)?(vCPU|vcpu|VCPU)?"))
        .with("memory", text(1, 15, "[1-9][0-9]*(\\s)?(GB|gb|gB|Gb)?"))
        .with("disk", text(1, 15, "[1-9][0-9]*(\\s)?(GB|gb|gB|Gb)"));
  }

  /** Configurations may hold configurations, for ever in the model and some levels deep here. */
  private static Shape configurations(int levels) {
    Text key = text(1, 1024, ".*\\S.*");
    Structure configuration =
        Shape.structure()
            .with("classification", key)
            .with("properties", new Secret(new Entries(key, key, 0, 100)))
            .requiring("classification");
    if (levels > 0) {
      configuration = configuration.with("configurations", configurations(levels - 1));
    }
    return new Items(configuration, 0, 100);
  }

  private static Word words(Enum<?>[] values) {
    return new Word(Arrays.stream(values).map(Enum::name).toList());
  }
}
