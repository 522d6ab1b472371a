package io.sparkgate.access;

import static java.util.stream.Collectors.toList;

import io.sparkgate.internal.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalPolicyFragment;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;

/**
 * Who may assume a role, as a trust policy can say it.
 *
 * <p>IAM takes no wildcard in a principal, but the roles of IAM Identity Center end in a random
 * suffix. A wildcard in the name of a role therefore becomes the account, with the condition {@code
 * ArnLike aws:PrincipalArn}: the ARN of the caller's role, its path included. Those of one account
 * share one.
 */
public final class People {

  /** The ARN of a role, as a regular expression; the name may have wildcards, but not alone. */
  public static final String ROLE_ARN =
      "arn:aws[a-z-]*:iam::\\d{12}:role/([\\w+=,.@-]+/)*(?=[^/]*\\w)[\\w+=,.@*?-]+";

  private final List<IPrincipal> others;
  private final List<String> roles;

  private People(List<IPrincipal> others, List<String> roles) {
    this.others = others;
    this.roles = roles;
  }

  /**
   * Names roles by their ARNs.
   *
   * @param arns such as {@code arn:aws:iam::111122223333:role/Data}; {@code *} and {@code ?} in the
   *     name stand for any characters
   * @return the people
   * @throws IllegalArgumentException if one is not the ARN of a role, or a wildcard stands anywhere
   *     but in the name, or alone, which would be everybody
   */
  public static People roles(List<String> arns) {
    arns.forEach(People::requireRole);
    if (arns.isEmpty()) {
      throw new IllegalArgumentException("People.roles received no role; name at least one");
    }
    return new People(List.of(), List.copyOf(arns));
  }

  /** Anything that the CDK has a principal for. */
  static People of(IPrincipal principal) {
    return new People(List.of(principal), List.of());
  }

  People and(People more) {
    return new People(
        Stream.concat(others.stream(), more.others.stream()).toList(),
        Stream.concat(roles.stream(), more.roles.stream()).toList());
  }

  /**
   * Returns the people as one principal, for {@code Role.Builder.assumedBy}.
   *
   * @return the principal
   */
  public IPrincipal toPrincipal() {
    List<IPrincipal> principals = principals().toList();
    return principals.size() == 1
        ? principals.get(0)
        : new CompositePrincipal(principals.toArray(IPrincipal[]::new));
  }

  /** As few as can be: a trust policy has a statement for each, and 2,048 characters by default. */
  Stream<IPrincipal> principals() {
    IPrincipal[] exact =
        roles.stream()
            .filter(arn -> !hasWildcard(arn))
            .map(ArnPrincipal::new)
            .toArray(IPrincipal[]::new);
    Map<String, List<String>> alike =
        roles.stream()
            .filter(People::hasWildcard)
            .collect(Collectors.groupingBy(People::account, LinkedHashMap::new, toList()));
    return Stream.of(
            others.stream(),
            exact.length == 0 ? Stream.<IPrincipal>of() : Stream.of(new CompositePrincipal(exact)),
            alike.entrySet().stream().map(some -> like(some.getKey(), some.getValue())))
        .flatMap(some -> some);
  }

  /** What IAM would refuse when deploying, or take for everybody. */
  static void requirePossible(IPrincipal principal, String path) {
    PrincipalPolicyFragment fragment = principal.getPolicyFragment();
    fragment.getPrincipalJson().values().stream()
        .flatMap(List::stream)
        .filter(name -> !Tokens.isUnresolved(name))
        .filter(
            name ->
                name.equals("*")
                    ? fragment.getConditions().isEmpty()
                    : hasWildcard(name) || isMalformed(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  path
                      + ": assumedBy received "
                      + name
                      + (name.equals("*")
                          ? ", which is everybody in every account"
                          : ", but IAM takes no wildcard in a principal, and needs a whole ARN")
                      + "; use arn:aws:iam::<account>:role/<name>, or"
                      + " People.roles(List.of(\"arn:aws:iam::111122223333:role/Data_*\")) for"
                      + " roles whose names are alike");
            });
  }

  private static boolean isMalformed(String name) {
    return name.startsWith("arn:")
        && !name.matches("arn:aws[a-z-]*:(iam|sts)::\\d{12}:[a-z-]+(/.+)?");
  }

  private static void requireRole(String arn) {
    if (!Tokens.isUnresolved(arn) && !arn.matches(ROLE_ARN)) {
      throw new IllegalArgumentException(
          "People.roles received '"
              + arn
              + "', but takes the ARN of a role such as arn:aws:iam::111122223333:role/Data, with *"
              + " or ? in the name only, beside something else");
    }
  }

  private static boolean hasWildcard(String arn) {
    return !Tokens.isUnresolved(arn) && arn.matches(".*[*?].*");
  }

  private static String account(String arn) {
    return arn.split(":", -1)[4];
  }

  private static IPrincipal like(String account, List<String> arns) {
    return new PrincipalWithConditions(
        new AccountPrincipal(account),
        Map.of("ArnLike", Map.of("aws:PrincipalArn", arns.size() == 1 ? arns.get(0) : arns)));
  }
}
