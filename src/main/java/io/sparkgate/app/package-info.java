/** The app: one stack per environment of cdk.json. */
@NullMarked
package io.sparkgate.app;

import org.jspecify.annotations.NullMarked;
