/** What sessions and job runs read and write: catalogs of tables, and other sources of data. */
@NullMarked
package io.sparkgate.data;

import org.jspecify.annotations.NullMarked;
