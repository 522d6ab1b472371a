package io.sparkgate.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.dashboard.DashboardPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayTest {

  private static final Path PAGE = Path.of("target/dashboard.html");

  @TempDir static Path folder;

  private static Deployed deployed;
  private static Day day;

  @BeforeAll
  static void play() throws IOException {
    Path assembly = folder.resolve("cdk.out");
    DayStack.synthesize(assembly);
    deployed = Deployed.read(assembly);
    day = Day.play(deployed, folder.resolve("s3"), Day.Faults.NONE);
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, page(People.BEGINS, People.NIGHT).html());
  }

  private static DashboardPage page(Instant from, Instant to) {
    return deployed.surroundings().dashboards().entrySet().stream()
        .map(
            dashboard ->
                new DashboardPage(
                    dashboard.getKey(),
                    dashboard.getValue(),
                    day.town().metrics,
                    from,
                    to,
                    DayStack.QUOTA))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noInvocationFails() {
    assertThat(day.town().failures).as("%s", day.town().log).isEmpty();
  }

  @Test
  void everyWidgetOfTheDashboardHasData() {
    assertThat(page(People.BEGINS, People.NIGHT).empty()).isEmpty();
  }
}
