package io.sparkgate.internal;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IUser;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The managed policies of one user or group, beside it. All inline policies of a user may have
 * 2,048 characters and those of a group 5,120, while a developer of one application has 2,300. Here
 * statements of several applications that differ in the resource only are one, and a policy that is
 * full is followed by another.
 */
final class PersonaPolicies extends Construct {

  /** IAM's quota for one managed policy, without whitespace. */
  private static final int CHARACTERS = 6_144;

  /** IAM's quota for the managed policies of one user or group. */
  private static final int POLICIES = 10;

  private final IResource principal;
  private final List<Page> pages = new ArrayList<>();

  private PersonaPolicies(Construct scope, String id, IResource principal) {
    super(scope, id);
    this.principal = principal;
  }

  static PersonaPolicies of(IResource principal) {
    Construct scope = (Construct) principal.getNode().getScope();
    String id = principal.getNode().getId() + "Sessions";
    return scope.getNode().tryFindChild(id) instanceof PersonaPolicies made
        ? made
        : new PersonaPolicies(scope, id, principal);
  }

  Grant add(List<Statement> persona) {
    Page page =
        pages.stream().filter(some -> some.hasRoomFor(persona)).findFirst().orElseGet(this::turn);
    return page.add(persona);
  }

  private Page turn() {
    new Findings(principal)
        .errorIf(
            pages.size() == POLICIES,
            """
            the sessions of so many applications fill %s managed policies of %,d characters, and \
            IAM attaches no more to a user or a group; grant to a role, or to several groups"""
                .formatted(POLICIES, CHARACTERS));
    ManagedPolicy.Builder policy =
        ManagedPolicy.Builder.create(this, "Policy" + (pages.size() + 1))
            .description("Sessions of EMR Serverless, as Sparkgate grants them");
    if (principal instanceof IUser user) {
      policy.users(List.of(user));
    } else if (principal instanceof IGroup group) {
      policy.groups(List.of(group));
    }
    Page page = new Page(policy.build());
    pages.add(page);
    return page;
  }

  /** One managed policy. A persona on one application is never spread over two. */
  private static final class Page {

    private final ManagedPolicy policy;
    private final Map<String, PolicyStatement> statements = new LinkedHashMap<>();
    private Optional<Grant> grant = Optional.empty();
    private int size =
        PolicySize.of(Ordered.map(entry("Version", "2012-10-17"), entry("Statement", List.of())));

    Page(ManagedPolicy policy) {
      this.policy = policy;
    }

    boolean hasRoomFor(List<Statement> persona) {
      return size + growth(persona) <= CHARACTERS;
    }

    /** Counted along, because to resolve the document would freeze its statements. */
    private int growth(List<Statement> persona) {
      return persona.stream().mapToInt(this::growth).sum();
    }

    private int growth(Statement statement) {
      return 1
          + PolicySize.of(
              Stack.of(policy)
                  .resolve(
                      statements.containsKey(statement.likeness())
                          ? statement.resources()
                          : statement.toPolicyStatement().toStatementJson()));
    }

    Grant add(List<Statement> persona) {
      size += growth(persona);
      persona.forEach(this::add);
      return grant.orElseThrow();
    }

    private void add(Statement statement) {
      PolicyStatement like = statements.get(statement.likeness());
      if (like != null) {
        like.addResources(statement.resources().toArray(String[]::new));
      } else if (statement.allows()) {
        Grant allowed = statement.grantTo(policy);
        grant = Optional.of(grant.map(allowed::combine).orElse(allowed));
        statements.put(statement.likeness(), allowed.getPrincipalStatements().get(0));
      } else {
        PolicyStatement denied = statement.toPolicyStatement();
        policy.addStatements(denied);
        statements.put(statement.likeness(), denied);
      }
    }
  }
}
