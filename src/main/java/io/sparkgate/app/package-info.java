/** The app: one stack per environment of cdk.json, and a pipeline if it asks for one. */
@NullMarked
package io.sparkgate.app;

import org.jspecify.annotations.NullMarked;
