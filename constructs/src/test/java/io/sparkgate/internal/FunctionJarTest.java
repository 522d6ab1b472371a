package io.sparkgate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.lambda.AssetCode;

class FunctionJarTest {

  @Test
  void isAFileThatTheCdkCanUpload() {
    assertThat(FunctionJar.code()).isInstanceOf(AssetCode.class);
    assertThat(((AssetCode) FunctionJar.code()).getPath()).endsWith("functions.jar");
  }

  @Test
  void saysHowToBuildItWhereItIsMissing() throws ReflectiveOperationException {
    Class<?> unpackaged = new WithoutTheJar().loadClass(FunctionJar.class.getName());

    assertThatThrownBy(() -> unpackaged.getMethod("code").invoke(null))
        .isInstanceOf(InvocationTargetException.class)
        .rootCause()
        .hasMessage(
            "functions.jar is not in the constructs jar; build with './mvnw package', not 'compile'"
                + " or 'test' alone");
  }

  /** Loads the classes as a compilation leaves them, before the jar is packaged beside them. */
  private static final class WithoutTheJar extends ClassLoader {

    WithoutTheJar() {
      super(FunctionJarTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(FunctionJar.class.getName())) {
        return super.loadClass(name, resolve);
      }
      try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = bytes.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.endsWith(".jar") ? null : super.getResource(name);
    }
  }
}
