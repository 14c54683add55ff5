/** The commands about mirrors and replication. They speak to a registry that runs, since a directory belongs to it. */
@NullMarked
package dev.berth.examples.standalone.mirrors;

import org.jspecify.annotations.NullMarked;
