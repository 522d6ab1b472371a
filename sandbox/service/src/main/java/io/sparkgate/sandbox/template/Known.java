package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What is known of resources that exist, and better than what the sandbox would make up. */
public interface Known {

  /** Nothing exists yet. */
  Known NOTHING =
      new Known() {
        @Override
        public Optional<String> physicalId(String logicalId) {
          return Optional.empty();
        }

        @Override
        public Optional<JsonNode> attribute(String logicalId, String attribute) {
          return Optional.empty();
        }
      };

  /** What Ref gives. */
  Optional<String> physicalId(String logicalId);

  /** What Fn::GetAtt gives. */
  Optional<JsonNode> attribute(String logicalId, String attribute);
}
