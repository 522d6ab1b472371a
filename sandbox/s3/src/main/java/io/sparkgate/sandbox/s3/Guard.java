package io.sparkgate.sandbox.s3;

import java.util.Optional;

/** What the server asks of each request: is it signed by whom it says, and may they. */
public interface Guard {

  /** What the holder of an access key signs with; empty when the key is unknown. */
  Optional<String> secretAccessKey(String accessKeyId);

  /**
   * Whether the holder of an access key may.
   *
   * @return why not, in S3's words; empty when it may
   */
  Optional<String> denial(String accessKeyId, Question question);

  /** Hears that the holder of an access key asked for a bucket that is not there. */
  void missing(String accessKeyId, String bucket);
}
