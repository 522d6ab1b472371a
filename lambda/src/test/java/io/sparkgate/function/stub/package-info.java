/**
 * Stubs of EMR Serverless and of what CloudFormation is asked, for tests: the real protocols over a
 * real socket, and every fault on demand.
 */
@NullMarked
package io.sparkgate.function.stub;

import org.jspecify.annotations.NullMarked;
