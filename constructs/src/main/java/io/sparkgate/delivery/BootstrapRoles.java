package io.sparkgate.delivery;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.CliCredentialsStackSynthesizer;
import software.amazon.awscdk.IStackSynthesizer;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.Stack;

/**
 * The roles that {@code cdk bootstrap} makes in an account and Region, by their whole ARNs. What
 * the CLI does as which of them was read in aws-cdk 2.1148.1; as none does it tag its session, and
 * the bootstrap's version is read as the role that was assumed.
 */
final class BootstrapRoles {

  /** As the bootstrap's template 33 takes it. */
  private static final String QUALIFIER = "[A-Za-z0-9_-]{1,10}";

  private final Stack stack;
  private final String qualifier;

  private BootstrapRoles(Stack stack, String qualifier) {
    this.stack = stack;
    this.qualifier = qualifier;
  }

  static BootstrapRoles of(Stack stack, @Nullable String given, Findings findings) {
    findings.errorIf(
        given != null && !given.matches(QUALIFIER),
        """
        qualifier received '%s', but takes what cdk bootstrap --qualifier took, 1 to 10 of a-z A-Z \
        0-9 _ -, known at synthesis; leave it out for that of the stack's synthesizer"""
            .formatted(given));
    IStackSynthesizer synthesizer = Place.outermost(stack).getSynthesizer();
    findings.errorIf(
        synthesizer instanceof BootstraplessSynthesizer
            || synthesizer instanceof CliCredentialsStackSynthesizer
            || synthesizer instanceof LegacyStackSynthesizer,
        """
        the stack has a %s, so it is deployed without the roles of cdk bootstrap, and a CI that may \
        become these could do nothing; use the DefaultStackSynthesizer"""
            .formatted(synthesizer.getClass().getSimpleName()));
    return new BootstrapRoles(
        stack, given != null ? given : qualifier(synthesizer.getBootstrapQualifier(), findings));
  }

  /** One that is made in Java is not the one that the stack has bound, and tells nothing. */
  private static String qualifier(@Nullable String told, Findings findings) {
    if (told == null) {
      throw findings.error(
          """
          qualifier received nothing, and the synthesizer that the stack was given does not tell \
          its own; call qualifier(…) with the same, or qualifier(DefaultStackSynthesizer.\
          DEFAULT_QUALIFIER) if it was given none""");
    }
    return told;
  }

  /** To compare with what is deployed. */
  List<String> forGate() {
    return List.of(arn("lookup"));
  }

  /** To publish, to deploy, and to say why that failed ({@code cdk diagnose} looks up). */
  List<String> forDeploy() {
    return List.of(arn("deploy"), arn("file-publishing"), arn("lookup"));
  }

  private String arn(String purpose) {
    String account = stack.getAccount();
    return "arn:%s:iam::%s:role/cdk-%s-%s-role-%2$s-%s"
        .formatted(stack.getPartition(), account, qualifier, purpose, stack.getRegion());
  }
}
