/** A request of CloudFormation for a custom resource: its fields, its failure, and its stack. */
@NullMarked
package io.sparkgate.function.resource;

import org.jspecify.annotations.NullMarked;
