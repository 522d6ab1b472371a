/** Data that sessions and job runs reach: sources, each with the permissions and ways it needs. */
@NullMarked
package io.sparkgate.data;

import org.jspecify.annotations.NullMarked;
