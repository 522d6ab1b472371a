package io.sparkgate.monitor;

import static io.sparkgate.border.SessionEvents.IDLE_WARNING;
import static io.sparkgate.border.SessionEvents.OWNER_BUDGET_WARNING;
import static io.sparkgate.border.SessionEvents.OWNER_LIMIT_REACHED;
import static java.util.Map.entry;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Referable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sns.FilterOrPolicy;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.StringConditions;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.IQueue;
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

  /** Of a person alone: no wildcard, which the filter would take for a text, and no user id. */
  private static final String ADDRESS = "[\\w.+'%-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}";

  /** What it means that there are some of {@link #refused}. */
  static final String REFUSED =
      "The monitor's dead-letter queue is not empty: a warning did not reach its topic, or a pass"
          + " did not run, so that a session may end without a word before";

  private final Findings findings;
  private final ITopic topic;
  private final IQueue deadLetters;
  private final Role role;

  /**
   * Makes the rules.
   *
   * @param functions the monitor's
   * @param topicKey the topic's key, where the topic does not know it
   * @param deadLetters where that goes what the topic does not take
   * @param eventBus null for the default one
   */
  Warnings(
      Construct monitor,
      List<IFunction> functions,
      ITopic topic,
      @Nullable IKey topicKey,
      IQueue deadLetters,
      @Nullable IEventBus eventBus) {
    super(monitor, "Warnings");
    findings = new Findings(monitor);
    this.topic = topic;
    this.deadLetters = deadLetters;
    check();
    role = role(topicKey != null ? topicKey : topic.getMasterKey());
    // By who tells it, because what an owner has too much of is of no one application.
    rule("Ending", "A session will end", of(functions, IDLE_WARNING), ending(), eventBus);
    rule(
        "Limits",
        "An owner has too much",
        of(functions, OWNER_BUDGET_WARNING, OWNER_LIMIT_REACHED),
        limit(),
        eventBus);
  }

  private void check() {
    Place here = Place.of(Stack.of(this));
    findings.errorIf(
        Place.of(topic).differsFrom(here),
        () ->
            """
        warnTo received topic %s of %s, but takes one of its own account and Region, %s; name \
        one there, and let others subscribe to it"""
                .formatted(topic.getNode().getPath(), Place.of(topic), here));
    new Referable("warnTo: topic", topic, topic.getTopicArn())
        .check(findings, "the topic a name (topicName)", "the monitor", Stack.of(this));
    findings.errorIf(
        topic.getFifo(),
        () ->
            """
        warnTo received the FIFO topic %s, which sends no email and takes no rule's messages; name \
        a standard one"""
                .formatted(topic.getNode().getPath()));
  }

  /**
   * How many messages wait in the dead-letter queue. Not the rules' own metrics, which end with the
   * minute: a message stays until somebody has looked.
   */
  Metric refused() {
    return deadLetters.metricApproximateNumberOfMessagesVisible(
        MetricOptions.builder().period(Duration.minutes(5)).statistic("Maximum").build());
  }

  /** A topic has one subscription of an address, which may be told by several monitors. */
  void tell(String owner) {
    findings.errorIf(
        !owner.matches(ADDRESS),
        """
        warnOwner received '%s', but takes an address such as alice@example.com; others hear by \
        what listens to the topic of warnTo"""
            .formatted(owner));
    if (topic.getNode().tryFindChild(owner) != null) {
      return;
    }
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

  private static EventFilter of(List<IFunction> functions, String... detailTypes) {
    return io.sparkgate.monitor.SessionEvents.of(detailTypes)
        .with(
            SessionEvents.MONITOR,
            functions.stream().map(IFunction::getFunctionName).toArray(String[]::new));
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
                        .deadLetterQueue(deadLetters)
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

  private Role role(@Nullable IKey key) {
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
    MonitorPermissions.publishing(
            topic.getTopicArn(), key == null ? List.of() : List.of(key.getKeyArn()))
        .forEach(statement -> made.addToPolicy(statement.toPolicyStatement()));
    return made;
  }

  private static RuleTargetInput ending() {
    return message(
        "Session %s of %s ends at %s"
            .formatted(of(SessionEvents.TITLE), of(SessionEvents.OWNER), of(SessionEvents.ENDS_AT)),
        "%s. To keep it, use it, or ask an operator for: %s"
            .formatted(of(SessionEvents.REASON), of(SessionEvents.KEEP_COMMAND)),
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
        // No application: a budget is of all, and a field that is missing would break the JSON.
        List.of(SessionEvents.OWNER));
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
