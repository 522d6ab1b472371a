package io.sparkgate.test.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What is in a jar, and how it was packed. */
record Jar(Path path) {

  /** The checksum of each entry, and of its name, with one word for the version of the jar. */
  Map<String, String> checksums(String version) throws IOException, NoSuchAlgorithmException {
    Map<String, String> checksums = new TreeMap<>();
    try (JarFile file = new JarFile(path.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        try (InputStream bytes = file.getInputStream(entry)) {
          String text = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
          byte[] same = text.replace(version, "VERSION").getBytes(StandardCharsets.ISO_8859_1);
          byte[] checksum = MessageDigest.getInstance("SHA-256").digest(same);
          checksums.put(entry.getName(), HexFormat.of().formatHex(checksum));
        }
      }
    }
    return checksums;
  }

  /** Those of its entries, as of files. */
  Set<String> rights() throws IOException {
    Set<String> rights = new HashSet<>();
    try (FileSystem files =
            FileSystems.newFileSystem(path, Map.of("enablePosixFileAttributes", true));
        var paths = Files.walk(files.getPath("/"))) {
      for (Path entry : paths.skip(1).toList()) {
        rights.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)));
      }
    }
    return rights;
  }
}
