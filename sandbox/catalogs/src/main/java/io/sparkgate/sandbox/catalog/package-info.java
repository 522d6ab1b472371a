/** Catalogs in the sandbox: a Hive metastore, and the settings that lead a session to it. */
@NullMarked
package io.sparkgate.sandbox.catalog;

import org.jspecify.annotations.NullMarked;
