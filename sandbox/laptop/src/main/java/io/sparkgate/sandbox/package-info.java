/** EMR Serverless on a laptop: one command, no AWS. */
@NullMarked
package io.sparkgate.sandbox;

import org.jspecify.annotations.NullMarked;
