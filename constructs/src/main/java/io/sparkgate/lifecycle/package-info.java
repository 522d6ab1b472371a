/** Safe changes and deletion of a running application. */
@NullMarked
package io.sparkgate.lifecycle;

import org.jspecify.annotations.NullMarked;
