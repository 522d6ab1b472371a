package io.sparkgate.delivery;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.OidcProviderNative;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Through whom the workflows of GitHub come in. An account has a provider once for each address, so
 * all of a stack share the one that is made in it; at the root of the app stands who made one.
 */
final class GitHubProvider extends Construct {

  private static final String HOST = "token.actions.githubusercontent.com";
  private static final String AUDIENCE = "sts.amazonaws.com";
  private static final String ID = "SparkgateGitHub";

  private final Map<String, Stack> makers = new LinkedHashMap<>();

  private GitHubProvider(Construct app) {
    super(app, ID + "Providers");
  }

  /** {@return the ARN of the one that is made here} */
  static String made(Construct scope, Findings findings) {
    Stack stack = Place.outermost(Stack.of(scope));
    if (stack.getNode().tryFindChild(ID) instanceof OidcProviderNative shared) {
      return shared.getOidcProviderArn();
    }
    of((Construct) scope.getNode().getRoot()).refuseASecond(stack, findings);
    return OidcProviderNative.Builder.create(stack, ID)
        .url("https://" + HOST)
        .clientIds(List.of(AUDIENCE))
        .build()
        .getOidcProviderArn();
  }

  /** {@return the ARN of one that was made elsewhere} */
  static String given(String arn, Construct scope, Findings findings) {
    if (Tokens.isUnresolved(arn)) {
      return arn;
    }
    findings.errorIf(
        !arn.matches("arn:aws[a-z-]*:iam::\\d{12}:oidc-provider/" + HOST.replace(".", "\\.")),
        """
        gitHubProvider received '%s', but takes the ARN of GitHub's provider in this account, \
        arn:aws:iam::<account>:oidc-provider/%s"""
            .formatted(arn, HOST));
    Place here = Place.of(Stack.of(scope));
    Place there = new Place(arn.split(":")[4], here.region());
    findings.errorIf(
        there.isOfAnotherAccountThan(here),
        """
        gitHubProvider received one of account %s, but IAM lets a role of account %s trust those of \
        its own account only; use that account's, or leave it out to have it made"""
            .formatted(there.account(), here.account()));
    return arn;
  }

  /** {@return the jobs of a repository that run in an environment, through a provider} */
  static IPrincipal jobs(String provider, GitHubRepository repository, String environment) {
    return new WebIdentityPrincipal(
        provider,
        Map.of(
            "StringEquals",
            Ordered.map(
                Map.entry(HOST + ":aud", AUDIENCE),
                Map.entry(HOST + ":sub", repository.subject(environment)))));
  }

  private static GitHubProvider of(Construct app) {
    IConstruct made = app.getNode().tryFindChild(ID + "Providers");
    return made instanceof GitHubProvider all ? all : new GitHubProvider(app);
  }

  private void refuseASecond(Stack stack, Findings findings) {
    String account = stack.getAccount();
    if (Tokens.isUnresolved(account)) {
      return;
    }
    Stack first = makers.putIfAbsent(account, stack);
    findings.errorIf(
        first != null,
        () ->
            """
        gitHubProvider received nothing, but stack %s makes GitHub's provider in account %s \
        already, and an account has it once; give this one \
        arn:aws:iam::%2$s:oidc-provider/%s, and deploy it after the other"""
                .formatted(first == null ? "" : first.getStackName(), account, HOST));
  }
}
