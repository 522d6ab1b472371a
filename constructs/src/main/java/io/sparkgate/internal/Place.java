package io.sparkgate.internal;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.interfaces.ResourceEnvironment;
import software.amazon.awscdk.services.iam.IPrincipal;

/**
 * Where something is. Asked in one place, because an imported thing carries its own account and
 * Region whatever stack it stands in.
 */
public record Place(String account, String region) {

  /** Returns where a stack is deployed. */
  public static Place of(Stack stack) {
    return new Place(stack.getAccount(), stack.getRegion());
  }

  /** Returns where a resource is, made here or imported. */
  public static Place of(IResource resource) {
    ResourceEnvironment home = resource.getEnv();
    return new Place(home.getAccount(), home.getRegion());
  }

  /** Returns the stack that is deployed, of which others are nested parts. */
  public static Stack outermost(Stack stack) {
    Stack parent = stack.getNestedStackParent();
    return parent == null ? stack : outermost(parent);
  }

  /** Whether both account and Region are known. */
  public boolean isKnown() {
    return !Tokens.isUnresolved(account) && !Tokens.isUnresolved(region);
  }

  /** Whether both are known and are not the same place. */
  public boolean differsFrom(Place other) {
    return differ(account, other.account) || differ(region, other.region);
  }

  /** Whether both accounts are known and are not the same. */
  public boolean isOfAnotherAccountThan(Place other) {
    return differ(account, other.account);
  }

  /**
   * The same of somebody who is granted something. By the principal: the account of the construct
   * is, for an imported user, the stack's.
   */
  public boolean isOfAnotherAccountThan(IPrincipal principal) {
    String other = principal.getPrincipalAccount();
    return other != null && differ(account, other);
  }

  /** Whether both Regions are known and are not the same. */
  public boolean isOfAnotherRegionThan(Place other) {
    return differ(region, other.region);
  }

  /** Hands on what is known: no token. */
  public void ifKnown(Consumer<String> toAccount, Consumer<String> toRegion) {
    if (!Tokens.isUnresolved(account)) {
      toAccount.accept(account);
    }
    if (!Tokens.isUnresolved(region)) {
      toRegion.accept(region);
    }
  }

  private static boolean differ(String one, String other) {
    return Stream.of(one, other).noneMatch((Predicate<String>) Tokens::isUnresolved)
        && !one.equals(other);
  }

  @Override
  public String toString() {
    return shown(account, "this account") + "/" + shown(region, "this Region");
  }

  private static String shown(String value, String token) {
    return Tokens.isUnresolved(value) ? token : value;
  }
}
