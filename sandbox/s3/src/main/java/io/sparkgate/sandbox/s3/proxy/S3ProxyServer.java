package io.sparkgate.sandbox.s3.proxy;

import io.sparkgate.sandbox.s3.Guard;
import io.sparkgate.sandbox.s3.Server;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** S3Proxy over a folder. It checks signatures; what a request may, a guard says. */
public final class S3ProxyServer implements Server {
  private static final String LOOPBACK = "http://127.0.0.1";

  private final S3Proxy proxy;

  /**
   * Listens on a free port of loopback.
   *
   * @param buckets the folder of the buckets' folders
   * @throws Exception as Jetty declares it, if it cannot
   */
  public S3ProxyServer(Path buckets, Guard guard) throws Exception {
    BlobStore folders = new FolderStore(new FilesystemNio2BlobStore(buckets.toString()));
    proxy =
        S3Proxy.builder()
            .blobStore(new GuardedStore(folders, guard, ""))
            .endpoint(URI.create(LOOPBACK + ":0"))
            // Its own way to know one key; the locator knows them all.
            .awsAuthentication(AuthenticationType.AWS_V4, "none", "none")
            .stopTimeout(0)
            .build();
    proxy.setBlobStoreLocator((key, bucket, object) -> grant(folders, guard, key));
    proxy.start();
  }

  /** A store of each request's own; none for an unknown key. */
  private static @Nullable AccessGrant grant(
      BlobStore folders, Guard guard, @Nullable String accessKeyId) {
    return accessKeyId == null
        ? null
        : guard
            .secretAccessKey(accessKeyId)
            .map(secret -> new AccessGrant(secret, new GuardedStore(folders, guard, accessKeyId)))
            .orElse(null);
  }

  @Override
  public URI endpoint() {
    return URI.create(LOOPBACK + ":" + proxy.getPort());
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) { // As Jetty declares it.
      throw new IllegalStateException("S3 does not stop: " + e, e);
    }
  }
}
