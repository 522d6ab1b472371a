package io.sparkgate.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Token;
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
 * ArnLike aws:PrincipalArn}: the ARN of the caller's role, its path included.
 */
public final class People {

  /** The ARN of a role, as a regular expression; the name may have wildcards, but not alone. */
  public static final String ROLE_ARN =
      "arn:aws[a-z-]*:iam::\\d{12}:role/([\\w+=,.@-]+/)*(?=[^/]*\\w)[\\w+=,.@*?-]+";

  private final List<IPrincipal> principals;

  private People(List<IPrincipal> principals) {
    this.principals = principals;
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
    List<IPrincipal> principals = new ArrayList<>();
    List<IPrincipal> exact =
        arns.stream()
            .peek(People::requireRole)
            .filter(arn -> !hasWildcard(arn))
            .map(arn -> (IPrincipal) new ArnPrincipal(arn))
            .toList();
    if (!exact.isEmpty()) {
      principals.add(new CompositePrincipal(exact.toArray(IPrincipal[]::new)));
    }
    arns.stream().filter(People::hasWildcard).map(People::like).forEach(principals::add);
    if (principals.isEmpty()) {
      throw new IllegalArgumentException("People.roles received no role; name at least one");
    }
    return new People(principals);
  }

  /** Anything that the CDK has a principal for. */
  static People of(IPrincipal principal) {
    return new People(List.of(principal));
  }

  People and(People others) {
    return new People(Stream.concat(principals(), others.principals()).toList());
  }

  /**
   * Returns the people as one principal, for {@code Role.Builder.assumedBy}.
   *
   * @return the principal
   */
  public IPrincipal toPrincipal() {
    return principals.size() == 1
        ? principals.get(0)
        : new CompositePrincipal(principals.toArray(IPrincipal[]::new));
  }

  Stream<IPrincipal> principals() {
    return principals.stream();
  }

  /** What IAM would refuse when deploying, or take for everybody. */
  static void requirePossible(IPrincipal principal, String path) {
    PrincipalPolicyFragment fragment = principal.getPolicyFragment();
    fragment.getPrincipalJson().values().stream()
        .flatMap(List::stream)
        .filter(name -> !Token.isUnresolved(name))
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
    if (!Token.isUnresolved(arn) && !arn.matches(ROLE_ARN)) {
      throw new IllegalArgumentException(
          "People.roles received '"
              + arn
              + "', but takes the ARN of a role such as arn:aws:iam::111122223333:role/Data, with *"
              + " or ? in the name only, beside something else");
    }
  }

  private static boolean hasWildcard(String arn) {
    return !Token.isUnresolved(arn) && arn.matches(".*[*?].*");
  }

  private static IPrincipal like(String arn) {
    return new PrincipalWithConditions(
        new AccountPrincipal(arn.split(":", -1)[4]),
        Map.of("ArnLike", Map.of("aws:PrincipalArn", arn)));
  }
}
