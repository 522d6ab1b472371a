package io.sparkgate.test.house;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules as they were compiled, and who uses whom in them. */
final class House {

  static final Path ROOT = Path.of("..");

  /** Those with code that is not only tests; the benchmark is built later than this runs. */
  private static final List<String> MODULES =
      List.of(
          "lambda",
          "server",
          "constructs",
          "src",
          "sandbox/service",
          "sandbox/s3",
          "sandbox/catalogs",
          "sandbox/laptop",
          "test/connect",
          "test/cloudformation");

  private final Map<String, JavaClasses> modules = new TreeMap<>();

  House() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    for (String module : MODULES) {
      Path classes = ROOT.resolve(module).resolve("target/classes/io");
      if (!Files.isDirectory(classes)) {
        throw new IllegalStateException(
            classes + " is not there; ./mvnw verify builds all modules");
      }
      modules.put(module, new ClassFileImporter().importPath(classes));
    }
  }

  Set<String> modules() {
    return modules.keySet();
  }

  Set<String> packages(String module) {
    return modules.get(module).stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which packages each package uses, all modules together. */
  Map<String, Set<String>> packageArrows() {
    return arrows(JavaClass::getPackageName);
  }

  /** Which files each file uses, all modules together; a file has one outermost class. */
  Map<String, Set<String>> fileArrows() {
    return arrows(used -> used.getName().replaceAll("\\$.*", ""));
  }

  private Map<String, Set<String>> arrows(Function<JavaClass, String> room) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClasses classes : modules.values()) {
      for (JavaClass user : classes) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          JavaClass used = dependency.getTargetClass().getBaseComponentType();
          String from = room.apply(user);
          String to = room.apply(used);
          if (used.getName().startsWith("io.sparkgate.") && !from.equals(to)) {
            arrows.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
          }
        }
      }
    }
    return arrows;
  }

  /** All sources, those of tests too. */
  static List<Path> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().matches(".*/(target|node_modules)/.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
