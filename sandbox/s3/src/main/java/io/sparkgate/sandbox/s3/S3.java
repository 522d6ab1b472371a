package io.sparkgate.sandbox.s3;

import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Credentials;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * S3 on loopback. A folder is a bucket, what lies in it are its objects, and who signs with a key
 * that was admitted here may what the policies behind the key allow.
 */
public final class S3 implements AutoCloseable {
  private static final String SERVER = "io.sparkgate.sandbox.s3.proxy.S3ProxyServer";
  private static final int SECRET_BYTES = 20;

  private final Path buckets;
  private final Judge judge;
  private final SecureRandom random = new SecureRandom();
  private final CompletableFuture<Server> server = new CompletableFuture<>();
  private boolean started;

  /**
   * One that does not listen yet.
   *
   * @param buckets the folder of the buckets' folders; made if it is not there
   * @param account that the buckets are taken to be of
   * @param denials hears each, in S3's words, and of each bucket that is asked for and not there
   */
  public S3(Path buckets, AccessControl access, String account, Consumer<String> denials) {
    this(buckets, access, account, Map.of(), denials);
  }

  /**
   * The same, where some buckets stand for table buckets of S3 Tables.
   *
   * @param tableBuckets their ARNs, by the names of the buckets
   */
  public S3(
      Path buckets,
      AccessControl access,
      String account,
      Map<String, String> tableBuckets,
      Consumer<String> denials) {
    this.buckets = buckets;
    this.judge = new Judge(access, account, new TableBuckets(Map.copyOf(tableBuckets)), denials);
  }

  /** Begins to listen, on another thread: it takes a second that nobody has to wait for. */
  public synchronized void start() {
    if (!started) {
      started = true;
      var thread = new Thread(this::run, "s3-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Where it listens, as soon as it does; starts it if nobody did.
   *
   * @throws IllegalStateException if it cannot; the message says why
   */
  public URI endpoint() {
    start();
    try {
      return server.join().endpoint();
    } catch (CompletionException e) {
      throw new IllegalStateException("S3 does not start: " + e.getCause(), e);
    }
  }

  /**
   * From now on takes an access key, with a new secret.
   *
   * @param signedIn whose key it is; its own secret is no secret, as nothing else checks it
   */
  public Credentials admit(Credentials signedIn) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var credentials =
        new Credentials(
            signedIn.accessKeyId(), HexFormat.of().formatHex(secret), signedIn.identity());
    judge.admit(credentials);
    return credentials;
  }

  /** From now on does not know the key. */
  public void revoke(Credentials credentials) {
    judge.revoke(credentials);
  }

  private void run() {
    try {
      Files.createDirectories(buckets);
      ClassLoader apart = Isolated.open();
      // S3Proxy finds its XML parser by it, and its threads inherit it.
      Thread.currentThread().setContextClassLoader(apart);
      server.complete(
          apart
              .loadClass(SERVER)
              .asSubclass(Server.class)
              .getConstructor(Path.class, Guard.class)
              .newInstance(buckets, judge));
    } catch (InvocationTargetException e) {
      server.completeExceptionally(e.getCause());
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      server.completeExceptionally(e);
    }
  }

  @Override
  public synchronized void close() {
    if (started) {
      server.thenAccept(Server::close).exceptionally(failed -> null).join();
    }
  }
}
