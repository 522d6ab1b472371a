package io.sparkgate.serverless;

import java.util.Optional;

/**
 * What grants ask of an application beyond its ARN.
 *
 * @param logKey the key of the logs; empty if it is not known, or AWS's own
 * @param startsByItself whether a session starts it; false if that is not known
 * @param type its engine, and the ways to it; empty if that is not known
 */
record Traits(Optional<LogKey> logKey, boolean startsByItself, Optional<ApplicationType> type) {}
