package io.sparkgate.sandbox.iam;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${aws:userid}} and its like by the values of a request. */
final class Variables {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{\\s*([^},]*?)\\s*(?:,\\s*'([^']*)'\\s*)?}");

  private Variables() {}

  /** Empty when the request has no value for a variable that has no default. */
  static Optional<Glob> expand(String written, RequestContext context) throws Unknown {
    Matcher variable = VARIABLE.matcher(written);
    Glob glob = Glob.of("");
    int end = 0;
    while (variable.find()) {
      glob = glob.followedBy(Glob.of(written.substring(end, variable.start())));
      end = variable.end();
      Optional<String> value = value(variable, context);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      glob = glob.followedBy(Glob.literally(value.get()));
    }
    return Optional.of(glob.followedBy(Glob.of(written.substring(end))));
  }

  private static Optional<String> value(Matcher variable, RequestContext context) throws Unknown {
    String key = variable.group(1);
    if (key.equals("*") || key.equals("?") || key.equals("$")) {
      return Optional.of(key);
    }
    return context.value(key).or(() -> Optional.ofNullable(variable.group(2)));
  }
}
