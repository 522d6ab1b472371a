package io.sparkgate.sandbox.s3;

import java.net.URI;

/** A server of S3 that listens. */
public interface Server extends AutoCloseable {

  /** Where it listens, on loopback. */
  URI endpoint();

  @Override
  void close();
}
