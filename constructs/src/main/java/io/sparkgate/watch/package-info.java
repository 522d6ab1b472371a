/** What reaper, guard and takeover alarm have in common: what they watch and whom they tell. */
@NullMarked
package io.sparkgate.watch;

import org.jspecify.annotations.NullMarked;
