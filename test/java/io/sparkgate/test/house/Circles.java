package io.sparkgate.test.house;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rooms that can be left and come back to, by Tarjan's algorithm. */
final class Circles {

  private final Map<String, Set<String>> arrows;
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final List<String> open = new ArrayList<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Circles(Map<String, Set<String>> arrows) {
    this.arrows = arrows;
  }

  /** Each circle as the rooms that are in it. */
  static List<Set<String>> in(Map<String, Set<String>> arrows) {
    Circles circles = new Circles(arrows);
    for (String room : arrows.keySet()) {
      if (!circles.order.containsKey(room)) {
        circles.visit(room);
      }
    }
    return circles.found;
  }

  private void visit(String room) {
    order.put(room, order.size());
    low.put(room, order.get(room));
    open.add(room);
    for (String next : arrows.getOrDefault(room, Set.of())) {
      if (!order.containsKey(next)) {
        visit(next);
        low.merge(room, low.get(next), Math::min);
      } else if (open.contains(next)) {
        low.merge(room, order.get(next), Math::min);
      }
    }
    if (low.get(room).equals(order.get(room))) {
      List<String> circle = open.subList(open.indexOf(room), open.size());
      if (circle.size() > 1) {
        found.add(new TreeSet<>(circle));
      }
      circle.clear();
    }
  }
}
