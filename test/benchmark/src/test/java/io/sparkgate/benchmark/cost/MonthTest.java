package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonthTest {

  private static final List<Month> MONTHS = Diary.months(Habits.ASSUMED, 20, 2, 7);

  @Test
  void aSeedGivesTheSameMonths() {
    assertThat(Diary.months(Habits.ASSUMED, 20, 2, 7)).isEqualTo(MONTHS);
    assertThat(Diary.months(Habits.ASSUMED, 20, 2, 8)).isNotEqualTo(MONTHS);
  }

  @Test
  void noMonthRepeatsAnother() {
    assertThat(MONTHS.get(0)).isNotEqualTo(MONTHS.get(1));
  }

  @Test
  void aMonthHas22WorkingDays() {
    assertThat(IntStream.range(0, Month.DAYS).filter(Month::isWorkingDay)).hasSize(22);
  }

  @Test
  void nobodyWorksAtWeekends() {
    assertThat(statements()).allMatch(each -> Month.isWorkingDay((int) (each.at() / Month.DAY)));
  }

  @Test
  void statementsOfANotebookFollowEachOther() {
    for (Notebook notebook : MONTHS.get(0).notebooks()) {
      List<Statement> statements = notebook.statements();
      for (int i = 1; i < statements.size(); i++) {
        assertThat(statements.get(i).at()).isGreaterThanOrEqualTo(statements.get(i - 1).ends());
      }
    }
  }

  private static List<Statement> statements() {
    return MONTHS.stream()
        .flatMap(month -> month.notebooks().stream())
        .flatMap(notebook -> notebook.statements().stream())
        .toList();
  }
}
