package io.sparkgate.internal;

import io.sparkgate.border.TagKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Work that people start on an application, and that carries as a tag who owns it.
 *
 * @param start the action that starts it
 * @param list the action that lists everybody's
 * @param use what one may do with one's own, by the names of the actions in their order
 * @param ownKeys the tags that its owner may set
 * @param all the ARN of all such work of an application
 */
record OwnedWork(
    String start,
    String list,
    List<String> use,
    List<String> ownKeys,
    Function<ApplicationArn, String> all) {

  static final String OWNER = "aws:ResourceTag/" + TagKeys.OWNER;
  static final String OWNER_IN_REQUEST = "aws:RequestTag/" + TagKeys.OWNER;

  /**
   * What somebody may who starts it.
   *
   * @param executionRole the ARN of the role that it runs as, the only one that may be passed
   * @param owner the policy variable that the tag must equal; empty if it is shared
   * @param startsByItself whether it starts the application, so that whoever may start one may
   *     start the other
   */
  List<Statement> permissions(
      ApplicationArn application, String executionRole, String owner, boolean startsByItself) {
    Statement findsIt =
        startsByItself
            ? allow("GetApplication", list, "StartApplication")
            : allow("GetApplication", list);
    List<Statement> statements = new ArrayList<>();
    statements.add(findsIt.on(application.itself()));
    statements.addAll(owner.isEmpty() ? sharing(application) : owning(application, owner));
    statements.add(Statement.passRole(executionRole));
    return statements;
  }

  private List<Statement> owning(ApplicationArn application, String me) {
    String works = all.apply(application);
    return List.of(
        allow(start)
            .when("StringEquals", OWNER_IN_REQUEST, me)
            .when("ForAllValues:StringEquals", "aws:TagKeys", ownKeys)
            .on(application.itself()),
        // A start with tags is also authorised as TagResource.
        allow("TagResource")
            .when("StringEquals", OWNER_IN_REQUEST, me)
            .when("ForAllValues:StringEquals", "aws:TagKeys", ownKeys)
            .on(works),
        allow(use.toArray(String[]::new)).when("StringEquals", OWNER, me).on(works),
        // The Null guard lets it be tagged while it starts and has no owner yet.
        deny("TagResource", "UntagResource")
            .when("StringNotEquals", OWNER, me)
            .when("Null", OWNER, "false")
            .on(works),
        keepingIsForOperators(works),
        deny("UntagResource")
            .when("ForAnyValue:StringEquals", "aws:TagKeys", List.of(TagKeys.OWNER))
            .on(works));
  }

  private List<Statement> sharing(ApplicationArn application) {
    String works = all.apply(application);
    String[] useAndTag =
        Stream.concat(use.stream(), Stream.of("TagResource")).sorted().toArray(String[]::new);
    return List.of(
        allow(start).on(application.itself()),
        allow(useAndTag).on(works),
        keepingIsForOperators(works));
  }

  private static Statement keepingIsForOperators(String works) {
    return deny("TagResource", "UntagResource")
        .when("ForAnyValue:StringEquals", "aws:TagKeys", List.of(TagKeys.KEEP_UNTIL))
        .on(works);
  }

  private static Statement allow(String... actions) {
    return Statement.allow(ApplicationArn.named(actions));
  }

  private static Statement deny(String... actions) {
    return Statement.deny(ApplicationArn.named(actions));
  }
}
