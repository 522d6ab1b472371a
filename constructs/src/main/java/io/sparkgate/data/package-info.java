/** What sessions and job runs read and write: catalogs of tables, as values. */
@NullMarked
package io.sparkgate.data;

import org.jspecify.annotations.NullMarked;
