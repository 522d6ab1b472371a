package io.sparkgate.sandbox.s3;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads S3Proxy apart from Spark, whose class path has older versions of what S3Proxy stands on.
 *
 * <p>Its jars lie in the folder {@code s3proxy} beside our own jar or classes. What both sides
 * speak with, our own interfaces, comes from this side.
 */
final class Isolated extends URLClassLoader {
  private static final String OURS = "io.sparkgate.";
  private static final String THEIRS = "io.sparkgate.sandbox.s3.proxy.";

  private final ClassLoader ours = Isolated.class.getClassLoader();

  private Isolated(List<URL> urls) {
    super("s3proxy", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /**
   * Opens the folder's jars.
   *
   * @throws IOException if there is no such folder
   */
  static Isolated open() throws IOException {
    try {
      URI own = Isolated.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      var urls = new ArrayList<URL>(List.of(own.toURL()));
      try (Stream<Path> jars = Files.list(Path.of(own).resolveSibling("s3proxy"))) {
        for (Path jar : jars.sorted().toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      return new Isolated(urls);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.startsWith(OURS) && !name.startsWith(THEIRS)
        ? ours.loadClass(name)
        : super.loadClass(name, resolve);
  }
}
