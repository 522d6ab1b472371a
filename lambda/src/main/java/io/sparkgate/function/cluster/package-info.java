/**
 * What stands between CloudFormation and a cluster: waits until its server is up, and refuses what
 * people would lose their work by.
 */
@NullMarked
package io.sparkgate.function.cluster;

import org.jspecify.annotations.NullMarked;
