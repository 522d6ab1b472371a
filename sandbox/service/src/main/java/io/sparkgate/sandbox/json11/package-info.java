/** What services share that speak AWS's JSON 1.1: who calls, what a body is, how it fails. */
@NullMarked
package io.sparkgate.sandbox.json11;

import org.jspecify.annotations.NullMarked;
