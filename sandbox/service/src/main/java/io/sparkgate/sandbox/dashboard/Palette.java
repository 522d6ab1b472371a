package io.sparkgate.sandbox.dashboard;

/** Colours that people with other eyes tell apart too, on white and on black. */
final class Palette {

  private static final String[] LIGHT = {
    "#2a78d6", "#eb6834", "#1baf7a", "#eda100", "#e87ba4", "#008300", "#4a3aa7", "#e34948"
  };
  private static final String[] DARK = {
    "#3987e5", "#d95926", "#199e70", "#c98500", "#d55181", "#008300", "#9085e9", "#e66767"
  };

  static final int SIZE = LIGHT.length;

  private Palette() {}

  /** Variables of CSS, {@code --c0} and on. */
  static String variables(boolean dark) {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < SIZE; i++) {
      css.append("--c%d:%s;".formatted(i, dark ? DARK[i] : LIGHT[i]));
    }
    return css.toString();
  }

  /** Classes of CSS, {@code c0} and on, that take the colours. */
  static String classes() {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < SIZE; i++) {
      css.append(".c%1$d{--own:var(--c%1$d)}".formatted(i));
    }
    return css.toString();
  }
}
