package io.sparkgate.internal;

import java.util.regex.Pattern;

/** Ranges of addresses, which have more than one spelling. */
public final class Ranges {

  private static final Pattern EVERYBODY = Pattern.compile("[0-9a-fA-F.:]+/0+");

  private Ranges() {}

  /** Whether a range holds every address, whatever stands before the slash. */
  public static boolean isEverybody(String cidr) {
    return EVERYBODY.matcher(cidr.trim()).matches();
  }
}
