/**
 * Calls to AWS as the functions make them: clients, limits, what a failure means, and the sessions
 * and job runs of the service.
 */
@NullMarked
package io.sparkgate.function.aws;

import org.jspecify.annotations.NullMarked;
