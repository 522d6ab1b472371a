package io.sparkgate.connection;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.ParameterPrefix;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Whether names can begin with a prefix, and who has it already. At the root of the app, because
 * Parameter Store has each name once in an account and Region, whatever stack it comes from.
 */
final class PrefixChecks extends Construct {

  private static final String ID = "SparkgateConnectionPrefixes";

  private final Map<Construct, String> prefixes = new LinkedHashMap<>();

  private PrefixChecks(IConstruct app) {
    super((Construct) app, ID);
  }

  static void check(Construct parameters, Findings findings, String prefix) {
    if (Tokens.isUnresolved(prefix)) {
      return;
    }
    ParameterPrefix.check(findings, "prefix", prefix);
    PrefixChecks app = of(parameters.getNode().getRoot());
    app.prefixes.forEach(
        (other, taken) -> {
          if (taken.equals(prefix)) {
            refuse(parameters, findings, prefix, other);
          }
        });
    app.prefixes.put(parameters, prefix);
  }

  private static PrefixChecks of(IConstruct app) {
    return app.getNode().tryFindChild(ID) instanceof PrefixChecks made
        ? made
        : new PrefixChecks(app);
  }

  private static void refuse(Construct mine, Findings findings, String prefix, Construct other) {
    Stack here = Stack.of(mine);
    Stack there = Stack.of(other);
    boolean inOneStack = Place.outermost(here).equals(Place.outermost(there));
    Place place = Place.of(here);
    findings.errorIf(
        inOneStack || place.isKnown() && place.equals(Place.of(there)),
        () ->
            """
        prefix %s is that of %s too, in the same account and Region, where each parameter is there \
        once; give one of them another prefix, or make a platform withoutConnectionParameters()"""
                .formatted(prefix, other.getNode().getPath()));
    findings.warnIf(
        !place.differsFrom(Place.of(there)),
        "samePrefix",
        """
        prefix %s is that of %s too, and synthesis does not know that the two stacks go to \
        different accounts or Regions; in the same one the second deployment fails: give one of \
        them another prefix, or both stacks their env"""
            .formatted(prefix, other.getNode().getPath()));
  }
}
