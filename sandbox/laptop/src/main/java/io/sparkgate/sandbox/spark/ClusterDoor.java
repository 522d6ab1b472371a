package io.sparkgate.sandbox.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A load balancer before a cluster's server.
 *
 * @param host what clients call it
 * @param idleTimeout after so long without a message a call is cut, by the real clock
 * @param clients whose certificates it asks for; none if it asks for none
 * @param server the loopback port of the server; empty while there is none
 * @param news hears of calls that were cut, a line each
 */
public record ClusterDoor(
    String host,
    int port,
    Duration idleTimeout,
    Optional<ClientCertificates> clients,
    Supplier<OptionalInt> server,
    Consumer<String> news) {}
