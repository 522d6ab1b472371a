package io.sparkgate.internal;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResolvable;
import software.amazon.awscdk.Reference;
import software.amazon.awscdk.Tokenization;
import software.constructs.IConstruct;

/**
 * What a value names: a resource of this app, whatever attribute or stack names it, or a text.
 *
 * <p>A {@code Ref} and a {@code Fn::GetAtt} of one security group are two texts and one group.
 *
 * @param name the path of the resource, or the text
 */
public record Target(String name) {

  /** Returns what a value names. */
  public static Target of(String value) {
    IConstruct resource = resource(value);
    return new Target(resource == null ? value : resource.getNode().getPath());
  }

  /** Returns the resource of this app that a value names. */
  public static @Nullable IConstruct resource(String value) {
    if (!Tokens.isUnresolved(value)) {
      return null;
    }
    IResolvable token = Tokenization.reverseString(value).getFirstToken();
    return token instanceof Reference reference ? reference.getTarget() : null;
  }
}
