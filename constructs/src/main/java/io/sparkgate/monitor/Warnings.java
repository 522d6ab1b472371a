package io.sparkgate.monitor;

import static java.util.Map.entry;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sns.FilterOrPolicy;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * What people are told beforehand, by a topic. One message serves all: a chat channel shows it as
 * Amazon Q's custom notification, an email has its JSON, title first, and a filter finds the owner.
 *
 * <p>The rules have a role instead of a statement in the topic's policy. A policy that names the
 * rules would lead back from the topic's stack to this one, and an imported topic has none to add
 * to.
 */
final class Warnings extends Construct {

  /** Of ids of 16 characters and three around each, in a pattern of 2,048. */
  private static final int APPLICATIONS_PER_RULE = 80;

  private final ITopic topic;
  private final Role role;

  Warnings(
      Construct monitor,
      ITopic topic,
      List<IEmrServerlessApplication> watched,
      @Nullable IEventBus eventBus) {
    super(monitor, "Warnings");
    this.topic = topic;
    Place here = Place.of(Stack.of(this));
    new Findings(monitor)
        .errorIf(
            Place.of(topic).differsFrom(here),
            """
            warnTo received topic %s of %s, but takes one of its own account and Region, %s; name \
            one there, and let others subscribe to it"""
                .formatted(topic.getNode().getPath(), Place.of(topic), here));
    role = role();
    for (int i = 0; i < watched.size(); i += APPLICATIONS_PER_RULE) {
      IEmrServerlessApplication[] some =
          watched.stream()
              .skip(i)
              .limit(APPLICATIONS_PER_RULE)
              .toArray(IEmrServerlessApplication[]::new);
      String number = i == 0 ? "" : Integer.toString(i / APPLICATIONS_PER_RULE + 1);
      rule("Ending" + number, "A session will end", idleWarning(some), ending(), eventBus);
      rule("Limits" + number, "An owner has too much", limits(some), limit(), eventBus);
    }
  }

  void tell(String owner) {
    topic.addSubscription(
        EmailSubscription.Builder.create(owner)
            .filterPolicyWithMessageBody(
                Map.of(
                    "metadata",
                    FilterOrPolicy.policy(
                        Map.of(
                            "additionalContext",
                            FilterOrPolicy.policy(
                                Map.of(SessionEvents.OWNER, FilterOrPolicy.filter(is(owner))))))))
            .build());
  }

  /** Of {@code AROAEXAMPLE:alice@example.com}, the user id of a role, the name is the rest. */
  private static SubscriptionFilter is(String owner) {
    return SubscriptionFilter.stringFilter(
        StringConditions.builder()
            .allowlist(List.of(owner))
            .matchSuffixes(List.of(":" + owner))
            .build());
  }

  private static EventFilter idleWarning(IEmrServerlessApplication... applications) {
    return io.sparkgate.monitor.SessionEvents.idleWarning().of(applications);
  }

  private static EventFilter limits(IEmrServerlessApplication... applications) {
    return io.sparkgate.monitor.SessionEvents.of(
            SessionEvents.OWNER_BUDGET_WARNING, SessionEvents.OWNER_LIMIT_REACHED)
        .of(applications);
  }

  private void rule(
      String id, String says, EventFilter heard, RuleTargetInput told, @Nullable IEventBus bus) {
    Rule.Builder rule =
        Rule.Builder.create(this, id)
            .description(says)
            .eventPattern(heard.toPattern())
            .targets(
                List.of(
                    SnsTopic.Builder.create(topic)
                        .message(told)
                        // What it would be given has a wildcard where the topic has a key.
                        .role(role.withoutPolicyUpdates())
                        .build()));
    if (bus != null) {
      rule.eventBus(bus);
    }
    // The place of the topic is looked at above, as far as it is known.
    Annotations.of(rule.build())
        .acknowledgeWarning("@aws-cdk/aws-events:ruleUnresolvedEnvironment");
  }

  private Role role() {
    Role made =
        Role.Builder.create(this, "Role")
            .description("Tells people what will end")
            .assumedBy(
                ServicePrincipal.Builder.create("events.amazonaws.com")
                    .conditions(
                        Map.of(
                            "StringEquals",
                            Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                    .build())
            .build();
    MonitorPermissions.publishing(topic.getTopicArn(), keys())
        .forEach(statement -> made.addToPolicy(statement.toPolicyStatement()));
    return made;
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    IKey key = topic.getMasterKey();
    if (key != null) {
      keys.add(key.getKeyArn());
    }
    return keys;
  }

  private static RuleTargetInput ending() {
    return message(
        "Session %s of %s ends at %s"
            .formatted(of(SessionEvents.NAME), of(SessionEvents.OWNER), of(SessionEvents.ENDS_AT)),
        "%s. To keep it: %s".formatted(of(SessionEvents.REASON), of(SessionEvents.KEEP_COMMAND)),
        List.of(
            SessionEvents.OWNER,
            SessionEvents.APPLICATION_ID,
            SessionEvents.SESSION_ID,
            SessionEvents.ENDS_AT));
  }

  private static RuleTargetInput limit() {
    return message(
        "%s: %s".formatted(EventField.getDetailType(), of(SessionEvents.OWNER)),
        of(SessionEvents.REASON),
        List.of(SessionEvents.OWNER, SessionEvents.APPLICATION_ID));
  }

  private static RuleTargetInput message(String title, String description, List<String> fields) {
    Map<String, String> context = new LinkedHashMap<>();
    fields.forEach(field -> context.put(field, of(field)));
    Map<String, Object> content =
        Ordered.map(
            entry("textType", "client-markdown"),
            entry("title", title),
            entry("description", description));
    Map<String, Object> metadata =
        Ordered.map(
            entry("eventType", EventField.getDetailType()), entry("additionalContext", context));
    return RuleTargetInput.fromObject(
        Ordered.map(
            entry("version", "1.0"),
            entry("source", "custom"),
            entry("id", of(SessionEvents.EVENT_ID)),
            entry("content", content),
            entry("metadata", metadata)));
  }

  private static String of(String field) {
    return EventField.fromPath("$.detail." + field);
  }
}
