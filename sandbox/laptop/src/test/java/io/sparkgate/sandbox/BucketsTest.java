package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.ClusterAssembly;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketsTest {
  @TempDir private Path directory;

  @Test
  void areThoseOfTheTemplateAndThoseThatTheExecutionRoleIsGranted() throws Exception {
    Blueprint blueprint = BucketTemplate.read(directory);
    String lake = blueprint.buckets().getOrDefault("Lake8F3A", "");

    Buckets buckets = Buckets.of(blueprint);

    assertThat(lake).matches("template-lake8f3a-[a-z0-9]+");
    assertThat(buckets.names())
        .containsEntry(lake, "Lake8F3A")
        .containsEntry("attic", "Attic55B1")
        .containsEntry("theirs", "imported")
        .hasSize(3);
  }

  @Test
  void areNotThoseOfOtherStacksOfWhichOnlyTheExportIsKnown() throws Exception {
    assertThat(Buckets.of(BucketTemplate.read(directory)).elsewhere())
        .containsExactly("Lakes:ExportsOutputFnGetAttBig7C1A8A3EArn1F3B0D11");
  }

  @Test
  void areThoseThatAClustersNodesAreGrantedButNotTheAssemblys(@TempDir Path assembly)
      throws Exception {
    Blueprint blueprint =
        ClusterAssembly.in(assembly)
            .with("\"${Lake.Arn}/*\"", "\"arn:aws:s3:::theirs/*\"")
            .read(remark -> {});

    assertThat(Buckets.of(blueprint).names())
        .containsOnlyKeys(blueprint.buckets().getOrDefault("Lake", ""), "theirs");
  }

  @Test
  void haveAFolderEachThatKeepsWhatIsInIt() throws Exception {
    Path mine = Files.createDirectories(directory.resolve("s3/theirs")).resolve("mine.csv");
    Files.writeString(mine, "1");

    Buckets.of(BucketTemplate.read(directory)).make(directory.resolve("s3"));

    assertThat(directory.resolve("s3/attic")).isDirectory();
    assertThat(mine).hasContent("1");
  }
}
