package io.sparkgate.app;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A mistake in cdk.json, said in one sentence that begins with the setting. */
final class BadSetting extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  BadSetting(String sentence) {
    this(sentence, null);
  }

  BadSetting(String sentence, @Nullable Exception cause) {
    super(sentence, cause);
  }
}
