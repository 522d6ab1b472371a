package io.sparkgate.sandbox;

import io.sparkgate.sandbox.template.BadInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a sandbox writes to, its own for as long as it runs. The operating system keeps
 * the lock, so that none outlives a sandbox that is killed; what the lock's file says of its holder
 * is for people.
 */
final class WorkFolder implements AutoCloseable {
  private static final String FILE = "sandbox.lock";

  private final Path directory;
  private final FileChannel channel;
  private final Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private WorkFolder(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static WorkFolder take(Path directory) throws BadInput {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        try (channel) {
          throw new BadInput(
              "--work %s is in use by another sandbox (%s); stop that one, or choose another folder with --work DIR"
                  .formatted(directory, holder(channel)));
        }
      }
      var folder = new WorkFolder(directory, channel);
      folder.tell("starting");
      return folder;
    } catch (IOException e) {
      throw new BadInput(
          "--work %s cannot be used: %s; choose a folder that you may write to"
              .formatted(directory, e));
    }
  }

  /** One byte far behind the text: where locks are mandatory, the text can still be read. */
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process.
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var text = ByteBuffer.allocate(200);
    channel.read(text, 0);
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "starting" : holder;
  }

  Path directory() {
    return directory;
  }

  /** Says to others who come where the sandbox listens. */
  void listensOn(int port) throws BadInput {
    try {
      tell("API on port " + port);
    } catch (IOException e) {
      throw new BadInput("--work %s cannot be written to: %s".formatted(directory, e));
    }
  }

  private void tell(String what) throws IOException {
    String text =
        "process %d, %s, since %s%n".formatted(ProcessHandle.current().pid(), what, since);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
