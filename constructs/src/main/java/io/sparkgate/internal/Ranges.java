package io.sparkgate.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of addresses, which have more than one spelling. */
public final class Ranges {

  private static final Pattern EVERYBODY = Pattern.compile("[0-9a-fA-F.:]+/0+");

  /** What is before the slash tells IPv6 from IPv4. */
  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");

  /** The widest ranges of private addresses: 10.0.0.0/8 and fc00::/7. */
  private static final int WIDEST_IPV4 = 8;

  private static final int WIDEST_IPV6 = 7;

  private Ranges() {}

  /** Whether a range holds every address, whatever stands before the slash. */
  public static boolean isEverybody(String cidr) {
    return EVERYBODY.matcher(cidr.trim()).matches();
  }

  /** Whether a range is wider than any range of private addresses. */
  public static boolean isWide(String cidr) {
    Matcher range = RANGE.matcher(cidr.trim());
    return range.matches()
        && Integer.parseInt(range.group(2))
            < (range.group(1).contains(":") ? WIDEST_IPV6 : WIDEST_IPV4);
  }
}
