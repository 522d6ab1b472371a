package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.constructs.Construct;

/** The applications that a construct watches, in order. */
public final class Watched {

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
  private static final int CHARACTERS_PER_FUNCTION = 3000;

  /** All ids that were ever seen have so many; ids that are not known yet are taken for such. */
  private static final int CHARACTERS_OF_AN_ID = 16;

  /** Quotation marks and comma. */
  private static final int AROUND_AN_ID = 3;

  private final List<IEmrServerlessApplication> applications = new ArrayList<>();

  /** Nothing yet. */
  public Watched() {}

  /**
   * Adds an application.
   *
   * @param application made here or elsewhere
   */
  public void add(IEmrServerlessApplication application) {
    applications.add(requireNonNull(application, "application"));
  }

  /**
   * Returns what a construct watches: each application once, however it was spelled.
   *
   * @param watcher the construct
   * @return one or more applications
   * @throws IllegalArgumentException if there is none, one of another account or Region, or more
   *     than 500
   */
  public List<IEmrServerlessApplication> by(Construct watcher) {
    Findings findings = new Findings(watcher);
    findings.errorIf(
        applications.isEmpty(),
        () -> "watch received no application, but takes one or more; call watch(application)");
    Map<String, IEmrServerlessApplication> byId = new LinkedHashMap<>();
    applications.forEach(
        application -> byId.putIfAbsent(application.getApplicationId(), application));
    findings.errorIf(
        byId.size() > MOST,
        () ->
            ("watch received %d applications, but takes %d, because roles, rules and templates are"
                    + " limited in size; watch the rest with another, in another stack, and let"
                    + " reapers share the request rates (RequestRates.share)")
                .formatted(byId.size(), MOST));
    Place here = Place.of(Stack.of(watcher));
    // Before the spellings of one id are one: its ARN may name another Region.
    for (IEmrServerlessApplication application : applications) {
      Place there = Place.of(application);
      findings.errorIf(
          there.differsFrom(here),
          () ->
              ("watch received %s of %s, but takes only applications of its own account and Region,"
                      + " %s; watch it from a stack there")
                  .formatted(application.getNode().getPath(), there, here));
    }
    return List.copyOf(byId.values());
  }

  /**
   * Returns what a construct watches, divided among functions whose roles and variables hold it. A
   * new application changes no group but the last.
   *
   * @param watcher the construct
   * @return one or more groups, for one function each
   * @throws IllegalArgumentException as {@link #by}
   */
  public List<List<IEmrServerlessApplication>> byFunctionsOf(Construct watcher) {
    return groups(by(watcher), PER_FUNCTION, CHARACTERS_PER_FUNCTION);
  }

  /**
   * Returns where the parts of a group are put, so that the first has the ids of an only one.
   *
   * @param watcher the construct
   * @param group the number of the group, from 0
   * @return the construct itself or, behind the first group, a child
   */
  public static Construct scope(Construct watcher, int group) {
    return group == 0 ? watcher : new Construct(watcher, "Part" + (group + 1));
  }

  /**
   * Divides applications in order.
   *
   * @param applications what is divided
   * @param most applications in a group
   * @param characters of their ids as a JSON list
   * @return the groups
   */
  public static List<List<IEmrServerlessApplication>> groups(
      List<IEmrServerlessApplication> applications, int most, int characters) {
    List<List<IEmrServerlessApplication>> groups = new ArrayList<>();
    List<IEmrServerlessApplication> group = new ArrayList<>();
    int left = characters;
    for (IEmrServerlessApplication application : applications) {
      String id = application.getApplicationId();
      int size = AROUND_AN_ID + (Token.isUnresolved(id) ? CHARACTERS_OF_AN_ID : id.length());
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
