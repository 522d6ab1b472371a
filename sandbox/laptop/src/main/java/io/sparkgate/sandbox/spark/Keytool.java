package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's own tool for key pairs and certificates. */
final class Keytool {
  static final String AUTHORITY = "ca";
  static final String FRONT = "front";

  /** Guards nothing; the file's permissions do. PKCS #12 wants one. */
  static final String PASSWORD = "sandbox";

  private Keytool() {}

  /** Creates a key store with an authority that may sign certificates, but no authorities. */
  static void authority(Path keyStore) throws IOException {
    authority(keyStore, "Sparkgate sandbox authority");
  }

  /** The same under a name of its own. */
  static void authority(Path keyStore, String name) throws IOException {
    keyPair(
        keyStore,
        AUTHORITY,
        "CN=" + name,
        List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign"));
  }

  /** Adds a server's key pair, signed by the authority, for hosts and for this machine itself. */
  static void signed(Path keyStore, List<String> hosts) throws IOException {
    String names = "san=dns:" + String.join(",dns:", hosts) + ",dns:localhost,ip:127.0.0.1";
    keyPair(
        keyStore,
        FRONT,
        "CN=Sparkgate sandbox",
        List.of(
            "-signer",
            AUTHORITY,
            "-ext",
            names,
            "-ext",
            "ku:c=digitalSignature",
            "-ext",
            "eku=sA"));
  }

  /** Adds the key pair of somebody who connects, signed by the authority. */
  static void signedClient(Path keyStore, String name) throws IOException {
    keyPair(
        keyStore,
        name,
        "CN=" + name,
        List.of("-signer", AUTHORITY, "-ext", "ku:c=digitalSignature", "-ext", "eku=cA"));
  }

  private static void keyPair(Path keyStore, String alias, String name, List<String> more)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "365"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keyStore.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(more);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool failed: " + said.strip());
    }
  }
}
