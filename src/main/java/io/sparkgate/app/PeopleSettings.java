package io.sparkgate.app;

import io.sparkgate.access.People;
import java.util.List;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;

/** Who may assume the roles of an environment: lists of roles' ARNs. */
final class PeopleSettings {

  private PeopleSettings() {}

  /** The named roles, or every principal of the account whose own policies allow it. */
  static IPrincipal principal(List<String> who) {
    return who.isEmpty() ? new AccountRootPrincipal() : People.roles(who).toPrincipal();
  }

  static List<String> roles(Settings settings, String name) {
    List<String> roles =
        settings
            .texts(
                name,
                People.ROLE_ARN,
                "a list of roles such as [\"arn:aws:iam::111122223333:role/Data\"], with * or ? in the name"
                    + " only, beside something else")
            .orElse(List.of());
    if (roles.isEmpty() && settings.names().contains(name)) {
      throw settings.wrong(
          name,
          roles,
          "one role or more; leave it out to admit "
              + (name.equals("smokeTestedBy")
                  ? "nobody beside the developers"
                  : "every principal of the account whose own policies allow it"));
    }
    return roles;
  }
}
