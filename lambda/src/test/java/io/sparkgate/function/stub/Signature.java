package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * SigV4 as AWS documents it, over what arrived: so that a request is noticed that was sent other
 * than it was signed.
 */
final class Signature {

  /** Of all credentials in tests. */
  private static final String SECRET = "secret";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          ALGORITHM + " Credential=[^/]+/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

  private Signature() {}

  static boolean isRight(HttpExchange exchange, String body) {
    Matcher given = AUTHORIZATION.matcher(header(exchange, "Authorization"));
    if (!given.matches()) {
      return false;
    }
    try {
      String hash = hash(body);
      StringBuilder request = new StringBuilder();
      request.append(exchange.getRequestMethod()).append('\n');
      request.append(exchange.getRequestURI().getRawPath()).append('\n');
      String query = exchange.getRequestURI().getRawQuery();
      request.append(Optional.ofNullable(query).orElse("")).append('\n');
      for (String name : given.group(2).split(";")) {
        request.append(name).append(':').append(header(exchange, name).strip()).append('\n');
      }
      request.append('\n').append(given.group(2)).append('\n').append(hash);
      String scope = given.group(1);
      String text =
          String.join(
              "\n",
              List.of(ALGORITHM, header(exchange, "X-Amz-Date"), scope, hash(request.toString())));
      byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
      for (String part : scope.split("/")) {
        key = sign(key, part);
      }
      return hash.equals(header(exchange, "x-amz-content-sha256"))
          && HexFormat.of().formatHex(sign(key, text)).equals(given.group(3));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private static String hash(String text) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sign(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
