/** Where the workers of sessions run: private subnets, no way in, S3 without the internet. */
@NullMarked
package io.sparkgate.network;

import org.jspecify.annotations.NullMarked;
