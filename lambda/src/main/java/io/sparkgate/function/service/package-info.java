/** Calls to AWS as the functions make them: clients, limits, and what a failure means. */
@NullMarked
package io.sparkgate.function.service;

import org.jspecify.annotations.NullMarked;
