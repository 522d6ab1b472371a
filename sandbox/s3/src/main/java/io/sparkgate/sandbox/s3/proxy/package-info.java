/** What stands on S3Proxy. It is loaded apart: see {@code Isolated}. */
@NullMarked
package io.sparkgate.sandbox.s3.proxy;

import org.jspecify.annotations.NullMarked;
