package io.sparkgate.benchmark.sweep;

import java.util.List;

/** Who sweeps. */
enum Strategy {
  SPARKGATE("Sparkgate", Kind.FUNCTION),
  /** The list rules out most of its sessions, which a plain loop looks at all the same. */
  SPARKGATE_YOUNG("Sparkgate, most sessions young", Kind.FUNCTION),
  SDK_SEQUENTIAL("Java SDK, sequential", Kind.SDK, "LEGACY", "1"),
  SDK_STANDARD("Java SDK STANDARD, 16 threads", Kind.SDK, "STANDARD", "16"),
  SDK_ADAPTIVE("Java SDK ADAPTIVE, 16 threads", Kind.SDK, "ADAPTIVE_V2", "16"),
  BOTO3_SEQUENTIAL("boto3, sequential", Kind.BOTO3, "legacy"),
  BOTO3_ADAPTIVE("boto3 adaptive, sequential", Kind.BOTO3, "adaptive");

  /** The program that it is. */
  enum Kind {
    FUNCTION,
    SDK,
    BOTO3
  }

  private final String title;
  private final Kind kind;
  private final List<String> arguments;

  Strategy(String title, Kind kind, String... arguments) {
    this.title = title;
    this.kind = kind;
    this.arguments = List.of(arguments);
  }

  String title() {
    return title;
  }

  Kind kind() {
    return kind;
  }

  /** Of the program. */
  List<String> arguments() {
    return arguments;
  }

  boolean sequential() {
    return this == SDK_SEQUENTIAL || kind == Kind.BOTO3;
  }
}
