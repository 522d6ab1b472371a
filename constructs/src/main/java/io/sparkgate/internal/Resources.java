package io.sparkgate.internal;

import java.util.List;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.ConstructSelector;
import software.constructs.IConstruct;

/** Resources of a tree, as CloudFormation knows them. */
public final class Resources {

  private Resources() {}

  /**
   * Returns all of a type, a construct itself included. The CDK looks for them where they are: of
   * {@code findAll()} it hands over all constructs, each in a question of its own.
   *
   * @param kind its class
   * @param type its type in a template
   */
  public static <T extends CfnResource> List<T> below(
      IConstruct construct, Class<T> kind, String type) {
    return ConstructSelector.resourcesOfType(type).select(construct).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
