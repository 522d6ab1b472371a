package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** The applications that a construct watches, in order. */
final class Watched {

  /**
   * The most that one construct watches. The policies of a role end at about 70,000 characters, the
   * rules that one function hears at 50 or so, a template at 1 MB.
   */
  private static final int MOST = 500;

  /**
   * What a function takes. Its role must fit into 10 managed policies of 6,144 characters, without
   * any merging of statements.
   */
  private static final int PER_FUNCTION = 100;

  /** Of the 4 KB of variables that a function may have; the rules take a good 500. */
  static final int CHARACTERS_PER_FUNCTION = 3000;

  /** All ids that were ever seen have so many; ids that are not known yet are taken for such. */
  private static final int CHARACTERS_OF_AN_ID = 16;

  /** Quotation marks and comma. */
  private static final int AROUND_AN_ID = 3;

  private final List<IEmrServerlessApplication> applications = new ArrayList<>();

  void add(IEmrServerlessApplication application) {
    applications.add(requireNonNull(application, "application"));
  }

  /** What a construct watches: each application once, however it was spelled. */
  private List<IEmrServerlessApplication> by(Construct watcher) {
    Findings findings = new Findings(watcher);
    findings.errorIf(
        applications.isEmpty(),
        "watch received no application, but takes one or more; call watch(application)");
    Map<String, IEmrServerlessApplication> byId = new LinkedHashMap<>();
    applications.forEach(
        application -> byId.putIfAbsent(application.getApplicationId(), application));
    findings.errorIf(
        byId.size() > MOST,
        """
        watch received %s applications, but takes %s, because roles, rules and templates are \
        limited in size; watch the rest with another, in another stack, and let reapers share the \
        request rates (RequestRates.share)"""
            .formatted(byId.size(), MOST));
    Place here = Place.of(Stack.of(watcher));
    // Before the spellings of one id are one: its ARN may name another Region.
    for (IEmrServerlessApplication application : applications) {
      Place there = Place.of(application);
      findings.errorIf(
          there.differsFrom(here),
          """
          watch received %s of %s, but takes only applications of its own account and Region, %s; \
          watch it from a stack there"""
              .formatted(application.getNode().getPath(), there, here));
      findings.errorIf(
          !application.takesSessions(),
          """
          watch received %s, which takes no Spark Connect sessions, so there would be nothing to \
          watch; leave it out, or make it with ApplicationType.spark()"""
              .formatted(application.getNode().getPath()));
    }
    return List.copyOf(byId.values());
  }

  /**
   * What a construct watches, divided among functions whose roles and variables hold it. A new
   * application changes no group but the last.
   *
   * @param characters what the ids of one function's applications may have together
   * @throws IllegalArgumentException if there is no application, one of another account or Region,
   *     or more than 500
   */
  List<List<IEmrServerlessApplication>> byFunctionsOf(Construct watcher, int characters) {
    return groups(by(watcher), PER_FUNCTION, characters);
  }

  /** Divides applications in order, by their number and the length of their ids as a JSON list. */
  static List<List<IEmrServerlessApplication>> groups(
      List<IEmrServerlessApplication> applications, int most, int characters) {
    List<List<IEmrServerlessApplication>> groups = new ArrayList<>();
    List<IEmrServerlessApplication> group = new ArrayList<>();
    int left = characters;
    for (IEmrServerlessApplication application : applications) {
      String id = application.getApplicationId();
      int size = AROUND_AN_ID + (Tokens.isUnresolved(id) ? CHARACTERS_OF_AN_ID : id.length());
      if (group.size() == most || (size > left && !group.isEmpty())) {
        groups.add(group);
        group = new ArrayList<>();
        left = characters;
      }
      group.add(application);
      left -= size;
    }
    groups.add(group);
    return groups;
  }
}
