package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.junit.jupiter.api.Test;
import org.sparkproject.connect.protobuf.ByteString;

class UploadInterceptorTest {
  private final UploadInterceptor.Upload upload = new UploadInterceptor.Upload();

  @Test
  void countsDataInOnePart() {
    assertThat(upload.with(batch("cache/1", 30))).isEqualTo(30);
    assertThat(upload.with(batch("jars/1.jar", 500))).isEqualTo(30);
    assertThat(upload.with(batch("cache/2", 12))).isEqualTo(42);
  }

  /** Before it has come: what is refused at once costs neither side more. */
  @Test
  void countsWhatIsAnnounced() {
    assertThat(upload.with(begin("cache/1", 1000, 10))).isEqualTo(1000);
    assertThat(upload.with(chunk(10))).isEqualTo(1000);
  }

  @Test
  void countsWhatComesBeyondThat() {
    upload.with(begin("cache/1", 10, 10));

    assertThat(upload.with(chunk(90))).isEqualTo(100);
  }

  @Test
  void leavesFilesAlone() {
    assertThat(upload.with(begin("files/1", 1000, 10))).isZero();
    assertThat(upload.with(chunk(990))).isZero();
  }

  @Test
  void saysWhatASizeIs() {
    SparkConf conf = new SparkConf(false).set("spark.sparkgate.maxUpload", "much");

    assertThatThrownBy(() -> new UploadInterceptor(conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "UploadInterceptor: spark.sparkgate.maxUpload is 'much', and takes a size such as 128m or 1g");
  }

  private static AddArtifactsRequest batch(String name, int size) {
    AddArtifactsRequest.SingleChunkArtifact artifact =
        AddArtifactsRequest.SingleChunkArtifact.newBuilder()
            .setName(name)
            .setData(data(size))
            .build();
    return AddArtifactsRequest.newBuilder()
        .setBatch(AddArtifactsRequest.Batch.newBuilder().addArtifacts(artifact))
        .build();
  }

  private static AddArtifactsRequest begin(String name, long total, int size) {
    return AddArtifactsRequest.newBuilder()
        .setBeginChunk(
            AddArtifactsRequest.BeginChunkedArtifact.newBuilder()
                .setName(name)
                .setTotalBytes(total)
                .setInitialChunk(data(size)))
        .build();
  }

  private static AddArtifactsRequest chunk(int size) {
    return AddArtifactsRequest.newBuilder().setChunk(data(size)).build();
  }

  private static AddArtifactsRequest.ArtifactChunk data(int size) {
    return AddArtifactsRequest.ArtifactChunk.newBuilder()
        .setData(ByteString.copyFrom(new byte[size]))
        .build();
  }
}
