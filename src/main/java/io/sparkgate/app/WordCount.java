package io.sparkgate.app;

import io.sparkgate.jobs.JobFiles;
import io.sparkgate.jobs.ResultsBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** The job of samples/wordcount, its texts, and a bucket for what it finds. */
final class WordCount extends Construct {

  private final JobFiles script;
  private final JobFiles texts;
  private final ResultsBucket results;

  WordCount(Construct scope, String id, IRole executionRole) {
    super(scope, id);
    script = JobFiles.of(asset("Script", "wordcount.py"));
    texts = JobFiles.of(asset("Harbour", "input/harbour.txt"), asset("Market", "input/market.txt"));
    results = ResultsBucket.Builder.create(this, "Results").build();
    script.grantRead(executionRole);
    texts.grantRead(executionRole);
    results.grantWrite(executionRole);
  }

  String entryPoint() {
    return script.getUrls();
  }

  String input() {
    return texts.getUrls();
  }

  String output() {
    return results.getUrl() + "wordcount/";
  }

  private Asset asset(String id, String name) {
    return Asset.Builder.create(this, id).path(extracted(name).toString()).build();
  }

  /** As a file, because the CDK only reads files. */
  private static Path extracted(String name) {
    try (InputStream content = WordCount.class.getResourceAsStream("/samples/wordcount/" + name)) {
      if (content == null) {
        throw new IllegalStateException(name + " is not in the app; build with './mvnw package'");
      }
      Path directory = Files.createTempDirectory("sparkgate");
      Path file = directory.resolve(Path.of(name).getFileName());
      Files.copy(content, file);
      // In this order: deletion runs backwards.
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " could not be written to a temp directory", e);
    }
  }
}
