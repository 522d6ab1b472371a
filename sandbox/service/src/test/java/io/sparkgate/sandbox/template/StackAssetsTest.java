package io.sparkgate.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackAssetsTest {

  @TempDir private Path assembly;
  private Path template;

  @BeforeEach
  void write() throws Exception {
    template =
        Files.writeString(
            assembly.resolve("S.template.json"),
            """
            {"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "b"}}},
             "Outputs": {"Where": {"Value": {"Fn::Sub": "s3://${B}/out/"}}, "Other": {"Value": "x"}}}
            """);
  }

  @Test
  void areTheFilesOfTheAssemblyWhereADeploymentWouldPutThem() throws Exception {
    Files.writeString(assembly.resolve("asset.1.py"), "x");
    Files.createDirectory(assembly.resolve("asset.2"));
    Files.writeString(
        assembly.resolve("S.assets.json"),
        """
        {"files": {
          "1": {"source": {"path": "asset.1.py", "packaging": "file"}, "destinations": {"d":
            {"bucketName": "cdk-x-assets-${AWS::AccountId}-${AWS::Region}", "objectKey": "p/1.py"}}},
          "2": {"source": {"path": "asset.2", "packaging": "zip"}, "destinations": {"d":
            {"bucketName": "b", "objectKey": "2.zip"}}},
          "3": {"source": {"path": "gone", "packaging": "file"}, "destinations": {"d":
            {"bucketName": "b", "objectKey": "3"}}}}}
        """);
    assertThat(StackAssets.read(template, Optional.empty()))
        .isEqualTo(
            Map.of("cdk-x-assets-111122223333-us-east-1/p/1.py", assembly.resolve("asset.1.py")));
  }

  @Test
  void areNoneWithoutAManifest() throws Exception {
    assertThat(StackAssets.read(template, Optional.empty())).isEmpty();
  }

  @Test
  void outputsAreResolvedAsFarAsTheyAreAskedFor() throws Exception {
    assertThat(StackOutputs.read(template, Optional.empty(), List.of("Where", "None")))
        .isEqualTo(Map.of("Where", "s3://b/out/"));
  }
}
