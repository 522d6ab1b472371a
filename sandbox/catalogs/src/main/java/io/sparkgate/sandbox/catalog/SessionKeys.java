package io.sparkgate.sandbox.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What sessions sign requests to S3 with, by their access key id, which is also the name they give
 * themselves at the metastore.
 */
public final class SessionKeys {
  private static final Map<String, Key> KEYS = new ConcurrentHashMap<>();

  private SessionKeys() {}

  /**
   * What tells the metastore of a key, a line on its standard input.
   *
   * @param endpoint of the S3 that knows it
   */
  public static String line(String accessKeyId, String secretAccessKey, String endpoint) {
    return String.join(" ", accessKeyId, secretAccessKey, endpoint);
  }

  /** Takes keys, until the input ends. */
  static void read(InputStream input) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 3);
      if (words.length == 3) {
        KEYS.put(words[0], new Key(words[0], words[1], words[2]));
      }
    }
  }

  /** The key of who calls the metastore; empty for who is no session. */
  static Optional<Key> of(String userName) {
    return Optional.ofNullable(KEYS.get(userName));
  }

  /**
   * A key.
   *
   * @param endpoint of the S3 that knows it
   */
  record Key(String accessKeyId, String secretAccessKey, String endpoint) {}
}
