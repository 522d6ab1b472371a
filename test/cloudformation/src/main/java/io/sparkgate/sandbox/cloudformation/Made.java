package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What a change of a resource has made. */
record Made(String physicalId, JsonNode attributes) {

  static Made of(String physicalId) {
    return new Made(physicalId, MissingNode.getInstance());
  }
}
