package io.sparkgate.test.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Notices every change of what users of the library compile against. {@code ./mvnw verify
 * -Dgolden.update=true} accepts the change; the diff of constructs/api.txt then shows it to the
 * reviewer, and CHANGELOG.md says it to the user.
 */
class PublicApiTest {

  private static final Path CLASSES = House.ROOT.resolve("constructs/target/classes");
  private static final Pattern NOT_PUBLISHED =
      Pattern.compile("io\\.sparkgate\\.(internal|border)\\.");
  private static final String HOW =
      "if that is meant, -Dgolden.update=true accepts it, and CHANGELOG.md says it";
  private static final Path APPROVED = House.ROOT.resolve("constructs/api.txt");

  @Test
  void isWhatWasApproved() throws Exception {
    List<String> api = api();
    if (Boolean.getBoolean("golden.update")) {
      Files.write(APPROVED, api);
    }
    List<String> approved = Files.readAllLines(APPROVED);

    assertThat(without(api, approved)).as("new in the public API of constructs; %s", HOW).isEmpty();
    assertThat(without(approved, api)).as("gone from it; %s", HOW).isEmpty();
    assertThat(api).as("their order; %s", HOW).isEqualTo(approved);
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  private static List<String> api() throws IOException, ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    for (String name : names()) {
      Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
      if (isOpen(type)) {
        lines.add(declaration(type));
        members(type).map(member -> "  " + member).sorted().forEach(lines::add);
      }
    }
    return lines;
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
          .map(file -> file.replace(".class", "").replace('/', '.'))
          .filter(name -> !NOT_PUBLISHED.matcher(name).lookingAt())
          .sorted()
          .toList();
    }
  }

  private static String declaration(Class<?> type) {
    String parents =
        Stream.concat(
                Stream.of(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
            .filter(parent -> parent != null && parent != Object.class)
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    // Not every JDK says that a class is sealed.
    String itself = type.toGenericString().replaceFirst("(non-)?sealed ", "");
    return itself + (parents.isEmpty() ? "" : " of " + parents);
  }

  /** Its own, and what it has of a parent that users do not see. */
  private static Stream<String> members(Class<?> type) {
    Stream<String> own =
        Stream.of(
                Stream.of(type.getDeclaredFields())
                    .filter(PublicApiTest::isOpen)
                    .map(Field::toGenericString),
                Stream.of(type.getDeclaredConstructors())
                    .filter(PublicApiTest::isOpen)
                    .map(Constructor::toGenericString),
                Stream.of(type.getDeclaredMethods())
                    .filter(PublicApiTest::isOpen)
                    .map(Method::toGenericString))
            .flatMap(member -> member);
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.getName().startsWith("io.sparkgate.") && !isOpen(parent)
        ? Stream.concat(own, members(parent))
        : own;
  }

  private static boolean isOpen(Member member) {
    return isOpen(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isOpen(Class<?> type) {
    return isOpen(type.getModifiers())
        && !type.isAnonymousClass()
        && (type.getDeclaringClass() == null || isOpen(type.getDeclaringClass()));
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }
}
