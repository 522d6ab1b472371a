package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files for the user's own eyes. Where there are no POSIX permissions, the directory's hold. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /**
   * Creates or replaces a text file that only its owner reads.
   *
   * @return the file
   */
  public static Path write(Path file, CharSequence text) throws IOException {
    try (Writer writer = write(file)) {
      writer.append(text);
    }
    return file;
  }

  /** Creates or replaces a text file that only its owner reads. */
  static Writer write(Path file) throws IOException {
    return new OutputStreamWriter(stream(file), StandardCharsets.UTF_8);
  }

  /** Creates or replaces a file that only its owner reads. */
  static OutputStream stream(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, attributes(file, "rw-------"));
    return Files.newOutputStream(file);
  }

  /** Creates a directory, new and with a name of its own, that only its owner enters. */
  static Path temporaryDirectory(Path parent) throws IOException {
    return Files.createTempDirectory(parent, "new", attributes(parent, "rwx------"));
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
