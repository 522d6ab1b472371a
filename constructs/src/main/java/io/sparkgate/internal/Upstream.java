package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.IUser;
import software.amazon.awscdk.services.iam.LazyRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.User;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The stacks that one stack refers to in any case, such as that of its network, and who there is
 * granted something.
 *
 * <p>The CDK puts a grant beside the role. In a stack that is referred to already, it names what is
 * in the referring stack, which is a circle: the CDK fails with DependencyCycle, of nested stacks
 * CloudFormation does. So such a grant stands beside what is granted, where the role goes by name.
 */
public final class Upstream extends Construct {

  private static final String ID = "SparkgateUpstream";

  private final List<Stack> homes = new ArrayList<>();

  private Upstream(Stack stack) {
    super(stack, ID);
  }

  /**
   * Notes that the template of a construct has a value.
   *
   * @param user the construct
   * @param value a text or a reference; one to the same stack says nothing
   */
  public static void note(IConstruct user, String value) {
    IConstruct named = Target.resource(value);
    Stack stack = Stack.of(user);
    if (named != null && !Stack.of(named).equals(stack)) {
      of(stack).homes.add(Stack.of(named));
    }
  }

  /**
   * {@return whom to grant something of a stack: the grantee, or the same by its name in that
   * stack}
   */
  public static IGrantable nearer(IGrantable grantee, Stack stack) {
    Upstream known = find(stack);
    return known != null
            && grantee.getGrantPrincipal() instanceof IResource made
            && isMadeHere(made)
            && known.has(made.getStack())
        ? known.named(made)
        : grantee;
  }

  /**
   * {@return the same for what is granted by an ARN that no stack of another place can know: there
   * by its name always}
   *
   * @throws IllegalArgumentException if it has none
   */
  static IGrantable reach(IGrantable grantee, IResource granted) {
    Stack stack = Stack.of(granted);
    if (!Resource.isOwnedResource(granted)
        || !(grantee.getGrantPrincipal() instanceof IResource made)
        || !isMadeHere(made)
        || isOfThePlace(made.getStack(), stack)
        || Place.of(made).isOfAnotherAccountThan(Place.of(stack))) {
      return grantee;
    }
    new Referable("grantee", made, name(made))
        .check(
            new Findings(granted),
            "the grantee a name (roleName)",
            granted.getNode().getPath(),
            stack);
    return of(stack).named(made);
  }

  private static Upstream of(Stack stack) {
    Upstream known = find(stack);
    return known == null ? new Upstream(stack) : known;
  }

  private static @Nullable Upstream find(Stack stack) {
    return stack.getNode().tryFindChild(ID) instanceof Upstream made ? made : null;
  }

  private static boolean isMadeHere(IResource principal) {
    return principal instanceof Role
        || principal instanceof LazyRole
        || principal instanceof User
        || principal instanceof Group;
  }

  /** Stacks of another place refer to no export, and depend on nothing. */
  private boolean has(Stack home) {
    Stack stack = Stack.of(this);
    return !home.equals(stack)
        && isOfThePlace(home, stack)
        && homes.stream().anyMatch(noted -> waitsFor(noted, home));
  }

  /** As the CDK asks: two stacks without env have the same tokens. */
  private static boolean isOfThePlace(Stack home, Stack stack) {
    return Place.of(home).equals(Place.of(stack));
  }

  /** A stack that is deployed by itself waits for all of another, nested parts included. */
  private boolean waitsFor(Stack noted, Stack home) {
    Stack deployed = Place.outermost(home);
    return deployed.equals(Place.outermost(Stack.of(this)))
        ? noted.equals(home)
        : Place.outermost(noted).equals(deployed);
  }

  private IGrantable named(IResource principal) {
    String id = Names.nodeUniqueId(principal.getNode());
    if (getNode().tryFindChild(id) instanceof IGrantable before) {
      return before;
    }
    String name = name(principal);
    if (principal instanceof IUser) {
      return User.fromUserName(this, id, name);
    }
    return principal instanceof IGroup
        ? Group.fromGroupName(this, id, name)
        : Role.fromRoleName(this, id, name);
  }

  private static String name(IResource principal) {
    if (principal instanceof IUser user) {
      return user.getUserName();
    }
    return principal instanceof IGroup group
        ? group.getGroupName()
        : ((IRole) principal).getRoleName();
  }
}
