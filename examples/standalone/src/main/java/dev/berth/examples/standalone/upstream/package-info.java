/** Clients of other registries, as the configuration describes these. */
@NullMarked
package dev.berth.examples.standalone.upstream;

import org.jspecify.annotations.NullMarked;
