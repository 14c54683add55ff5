/** The commands that look after a storage. */
@NullMarked
package dev.berth.examples.standalone.maintenance;

import org.jspecify.annotations.NullMarked;
