package io.sparkgate.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What a test has {@code spark-submit} start instead of Spark, in a tenth of a second: it speaks as
 * much of HTTP/2 as it takes to answer each call with the gRPC status 12, as Spark's does where
 * nobody knows the path, and does what a word says that is no HTTP/2.
 */
final class FakeServer {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private FakeServer() {}

  public static void main(String[] arguments) throws IOException {
    Properties settings = new Properties();
    Path conf = Path.of(System.getenv("SPARK_CONF_DIR"));
    try (Reader reader = Files.newBufferedReader(conf.resolve("spark-defaults.conf"))) {
      settings.load(reader);
    }
    String token = System.getenv("SPARK_CONNECT_AUTHENTICATE_TOKEN");
    System.out.println("fake: started with " + List.of(arguments));
    System.out.println("fake: settings are " + settings);
    System.out.println("fake: token has " + (token == null ? 0 : token.length()) + " characters");
    if (settings.containsKey("spark.broken")) {
      throw new IllegalArgumentException("spark.broken is set");
    }
    int port = Integer.parseInt(settings.getProperty("spark.connect.grpc.binding.port"));
    try (ServerSocket server = new ServerSocket(port)) {
      while (true) {
        try (Socket socket = server.accept()) {
          serve(socket);
        }
      }
    }
  }

  private static void serve(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    String first = new String(in.readNBytes(3), US_ASCII);
    if (!PREFACE.startsWith(first)) {
      obey(first);
      return;
    }
    in.readNBytes(PREFACE.length() - 3);
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
    try {
      while (true) {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        in.readNBytes(lengthAndType >>> 8);
        int type = lengthAndType & 0xff;
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
          out.write(frame(HEADERS, END_STREAM | END_HEADERS, stream, unimplemented()));
        }
      }
    } catch (EOFException e) {
      return; // The client has its answer.
    }
  }

  /** A name and its value as literals, each after its length. */
  private static byte[] unimplemented() {
    ByteBuffer headers = ByteBuffer.allocate(64);
    headers.put((byte) 0x88); // Number 8 of those that everybody knows: a status of 200.
    headers.put((byte) 0);
    for (String part : List.of("grpc-status", "12")) {
      headers.put((byte) part.length()).put(part.getBytes(US_ASCII));
    }
    byte[] bytes = new byte[headers.flip().remaining()];
    headers.get(bytes);
    return bytes;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static void obey(String word) {
    if (word.startsWith("76")) {
      Runtime.getRuntime().halt(IdleStop.STATUS);
    }
    List<byte[]> held = new ArrayList<>();
    while (true) {
      held.add(new byte[1 << 20]);
    }
  }
}
