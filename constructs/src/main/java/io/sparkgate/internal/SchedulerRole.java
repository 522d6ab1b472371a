package io.sparkgate.internal;

import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * A schedule's own role, because the CDK would put one into the stack and share it with other
 * schedules.
 */
public final class SchedulerRole {

  private SchedulerRole() {}

  /**
   * Makes a role that EventBridge Scheduler may assume for schedules of this account.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param description what the schedule does
   * @return the role
   */
  public static Role create(Construct scope, String id, String description) {
    return Role.Builder.create(scope, id)
        .description(description)
        .assumedBy(
            ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                .conditions(
                    Map.of(
                        "StringEquals", Map.of("aws:SourceAccount", Stack.of(scope).getAccount())))
                .build())
        .build();
  }
}
