package io.sparkgate.sandbox.catalog;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * S3 as the metastore sees it. Glue looks at no bucket when it takes a database or a table, so
 * every directory is said to be there, and is made without a request. What does touch data, when a
 * table is dropped or renamed, is done by S3A with the key of the session that asks.
 */
public final class BucketFileSystem extends FileSystem {
  private static final String S3A = "fs.s3a.";

  private URI uri = URI.create("s3:///");
  private Path workingDirectory = new Path("/");
  private @Nullable FileSystem bucket;

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    workingDirectory = new Path(uri.toString(), "/");
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public FileStatus getFileStatus(Path path) {
    return new FileStatus(0, true, 1, 1, 0, path.makeQualified(uri, workingDirectory));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    return true;
  }

  /** Asked before a table is renamed: then it matters. */
  @Override
  public boolean exists(Path path) throws IOException {
    return bucket().exists(onS3a(path));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return bucket().delete(onS3a(path), recursive);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return bucket().rename(onS3a(from), onS3a(to));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException, IOException {
    return bucket().listStatus(onS3a(path));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return bucket().open(onS3a(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException("The metastore writes nothing to " + path);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("The metastore writes nothing to " + path);
  }

  @Override
  public void setWorkingDirectory(Path directory) {
    workingDirectory = directory;
  }

  @Override
  public Path getWorkingDirectory() {
    return workingDirectory;
  }

  private Path onS3a(Path path) {
    return new Path("s3a", uri.getAuthority(), path.toUri().getPath());
  }

  private synchronized FileSystem bucket() throws IOException {
    FileSystem open = bucket;
    if (open == null) {
      String caller = UserGroupInformation.getCurrentUser().getShortUserName();
      SessionKeys.Key key =
          SessionKeys.of(caller)
              .orElseThrow(
                  () ->
                      new AccessDeniedException(
                          uri + ": " + caller + " is no session of this sandbox"));
      var conf = new Configuration(getConf());
      conf.set(S3A + "impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
      conf.set(S3A + "endpoint", key.endpoint());
      conf.set(S3A + "access.key", key.accessKeyId());
      conf.set(S3A + "secret.key", key.secretAccessKey());
      open = FileSystem.newInstance(URI.create("s3a://" + uri.getAuthority()), conf);
      bucket = open;
    }
    return open;
  }

  @Override
  public synchronized void close() throws IOException {
    super.close();
    FileSystem open = bucket;
    if (open != null) {
      open.close();
    }
  }
}
