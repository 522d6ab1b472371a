package io.sparkgate.function.resource;

import io.sparkgate.function.aws.ServiceCallException;

/** Texts as they fit into what CloudFormation shows to the one who deploys. */
public final class Texts {

  /** CloudFormation takes an answer of 4 KB, of which the framework needs some. */
  public static final int MAX_LENGTH = 2_000;

  private static final int MAX_NAME = 100;
  private static final int MAX_ERROR = 500;

  private Texts() {}

  /** The error in one line, short enough to be quoted. */
  public static String error(ServiceCallException e) {
    return cut(String.valueOf(e.getMessage()), MAX_ERROR);
  }

  /** What somebody else wrote, short enough to be named. */
  public static String abbreviated(String text) {
    return cut(text.replaceAll("\\s+", " "), MAX_NAME);
  }

  /** A message of which the head may be cut; what to do comes last and has to stay. */
  public static String limited(String head, String tail) {
    return cut(head, MAX_LENGTH - tail.length()) + tail;
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
