package io.sparkgate.sandbox.events;

import static io.sparkgate.sandbox.http.Neighbour.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {

  private static final String EVENT =
      "{'source': 'sparkgate', 'detail-type': 'Spark Connect Session Ready',"
          + " 'detail': {'owner': 'alice', 'readySeconds': 41.5, 'gone': null, 'tags': ['a', 'b']}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                          | true
          {'source': ['sparkgate']}                                   | true
          {'source': ['aws.emr-serverless', 'sparkgate']}             | true
          {'source': ['aws.emr-serverless']}                          | false
          {'source': ['sparkgate'], 'detail': {'owner': ['bob']}}     | false
          {'detail-type': [{'prefix': 'Spark Connect'}]}              | true
          {'detail-type': [{'prefix': 'Session'}]}                    | false
          {'detail-type': [{'suffix': 'Session Ready'}]}              | true
          {'detail-type': [{'suffix': 'Failed'}]}                     | false
          {'detail': {'owner': [{'equals-ignore-case': 'ALICE'}]}}    | true
          {'detail': {'owner': [{'equals-ignore-case': 'BOB'}]}}      | false
          {'detail': {'owner': [{'anything-but': ['bob', 'carol']}]}} | true
          {'detail': {'owner': [{'anything-but': ['bob', 'alice']}]}} | false
          {'detail': {'owner': [{'anything-but': 'alice'}]}}          | false
          {'detail': {'owner': [{'anything-but': {'prefix': 'al'}}]}} | false
          {'detail': {'owner': [{'exists': true}]}}                   | true
          {'detail': {'owner': [{'exists': false}]}}                  | false
          {'detail': [{'exists': true}]}                              | false
          {'detail': {'endsAt': [{'exists': false}]}}                 | true
          {'other': {'endsAt': [{'exists': false}]}}                  | true
          {'detail': {'endsAt': [{'anything-but': 'x'}]}}             | false
          {'detail': {'readySeconds': [{'numeric': ['>', 40, '<=', 41.5]}]}} | true
          {'detail': {'readySeconds': [{'numeric': ['>', 60]}]}}      | false
          {'detail': {'readySeconds': [{'numeric': ['<', 41.5]}]}}    | false
          {'detail': {'readySeconds': [{'numeric': ['>', 41.5]}]}}    | false
          {'detail': {'readySeconds': [{'numeric': ['>=', 41.5]}]}}   | true
          {'detail': {'readySeconds': [{'numeric': ['=', 41.5]}]}}    | true
          {'detail': {'readySeconds': [{'numeric': ['=', 41]}]}}      | false
          {'detail': {'owner': [{'numeric': ['>', 0]}]}}              | false
          {'detail': {'readySeconds': [41.50]}}                       | true
          {'detail': {'tags': ['b']}}                                 | true
          {'detail': {'tags': ['c']}}                                 | false
          {'$or': [{'source': ['x']}, {'detail': {'owner': ['alice']}}]} | true
          {'$or': [{'source': ['x']}, {'detail': {'owner': ['bob']}}]} | false
          """)
  void matchesAsEventBridgeDoes(String pattern, boolean expected) {
    assertThat(EventPattern.matches(json(pattern), json(EVENT))).isEqualTo(expected);
  }

  @Test
  void refusesWhatItDoesNotPlay() {
    assertThatThrownBy(
            () ->
                EventPattern.matches(
                    json("{'detail': {'owner': [{'wildcard': 'a*'}]}}"), json(EVENT)))
        .hasMessageStartingWith(
            "The sandbox's rules do not know the pattern {\"wildcard\":\"a*\"}; they know");
    assertThatThrownBy(() -> EventPattern.matches(json("{'source': 'sparkgate'}"), json(EVENT)))
        .hasMessageStartingWith("The sandbox's rules do not know the pattern \"sparkgate\"; they");
  }
}
