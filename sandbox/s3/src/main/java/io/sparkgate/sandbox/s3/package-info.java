/** S3 for sessions: folders for buckets, and keys that say for which role. */
@NullMarked
package io.sparkgate.sandbox.s3;

import org.jspecify.annotations.NullMarked;
