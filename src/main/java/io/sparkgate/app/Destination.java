package io.sparkgate.app;

import java.util.Optional;
import software.amazon.awscdk.Environment;

/**
 * Where a stack goes: {@code account} and {@code region}; what is left out is that of the
 * credentials.
 */
record Destination(Optional<String> account, Optional<String> region) {

  static Destination of(Settings settings) {
    return new Destination(
        settings.text("account", "\\d{12}", "twelve digits in quotes, such as \"111122223333\""),
        Regions.of(settings));
  }

  Environment toEnvironment() {
    Environment.Builder environment = Environment.builder();
    account.ifPresent(environment::account);
    region.ifPresent(environment::region);
    return environment.build();
  }
}
