/** Job runs of an application: what a job is, what it reads and writes, and what starts it. */
@NullMarked
package io.sparkgate.jobs;

import org.jspecify.annotations.NullMarked;
