package io.sparkgate.test;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The names of classes in the constants of a class file: of classes, in descriptors and signatures,
 * and in texts, by which classes are looked up at run time. Some are names by chance.
 */
final class ClassNames {

  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+)[;<]");
  private static final Pattern WHOLE = Pattern.compile("[\\w$]+([/.][\\w$]+)+");

  private ClassNames() {}

  /** With slashes. */
  static Set<String> in(InputStream classFile) throws IOException {
    DataInputStream data = new DataInputStream(classFile);
    data.skipNBytes(8);
    int count = data.readUnsignedShort();
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < count; i++) {
      int tag = data.readUnsignedByte();
      switch (tag) {
        case 1 -> addNames(data.readUTF(), names);
        case 7, 8, 16, 19, 20 -> data.skipNBytes(2);
        case 15 -> data.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> data.skipNBytes(4);
        case 5, 6 -> {
          data.skipNBytes(8);
          // Takes two places.
          i++;
        }
        default -> throw new IOException("constant with tag " + tag);
      }
    }
    return names;
  }

  private static void addNames(String text, Set<String> names) {
    IN_DESCRIPTOR.matcher(text).results().map(result -> result.group(1)).forEach(names::add);
    WHOLE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(name -> name.replace('.', '/'))
        .forEach(names::add);
  }
}
