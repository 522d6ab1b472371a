package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.template.Blueprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {

  @TempDir private Path work;

  @Test
  void areThereAsFarAsAnExecutionRoleMayReadThem() throws Exception {
    Blueprint blueprint = BucketTemplate.read(work);
    Path file = Files.writeString(work.resolve("asset.py"), "print(1)");

    new Assets(blueprint, new TemplateAccess(blueprint))
        .place(Map.of("theirs/data/a.py", file, "theirs/other/b.jar", file), work.resolve("s3"));

    assertThat(work.resolve("s3/theirs/data/a.py")).hasContent("print(1)");
    assertThat(work.resolve("s3/theirs/other")).doesNotExist();
  }
}
