package io.sparkgate.sandbox.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.deploy.SparkSubmit;
import org.jspecify.annotations.Nullable;

/**
 * The process of a job run: Spark's own spark-submit, whose arguments follow the names of three
 * files, for what it prints, for its errors, and for both. It speaks {@link Signal}s on its
 * standard output and ends when its standard input does, so that it never outlives its parent.
 */
public final class JobMain {
  private static final int ARGUMENTS = 3;

  private static @Nullable PrintStream parent;

  private JobMain() {}

  /** Runs until spark-submit ends or the standard input does. */
  public static void main(String[] args) throws IOException {
    parent =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    InputStream lifeline = System.in;
    OutputStream log = new FileOutputStream(args[2], true);
    System.setOut(twice(args[0], log));
    System.setErr(twice(args[1], log));
    Threads.daemon("lifeline").newThread(() -> endWith(lifeline)).start();
    SparkSubmit.main(Arrays.copyOfRange(args, ARGUMENTS, args.length));
  }

  /** Tells the sandbox, if this is a process of it. */
  static void tell(Signal signal) {
    PrintStream sandbox = parent;
    if (sandbox != null) {
      sandbox.println(signal.line());
    }
  }

  private static PrintStream twice(String file, OutputStream log) throws IOException {
    return new PrintStream(
        new Twice(new FileOutputStream(file), log), true, StandardCharsets.UTF_8);
  }

  private static void endWith(InputStream lifeline) {
    try {
      lifeline.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      e.printStackTrace(); // As good as its end.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }

  /** Writes to two places. */
  private static final class Twice extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    Twice(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int b) throws IOException {
      one.write(b);
      other.write(b);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      one.write(bytes, start, length);
      other.write(bytes, start, length);
    }
  }
}
