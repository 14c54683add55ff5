/** Base classes of streams. Depends on nothing. */
@NullMarked
package dev.berth.registry.internal.stream;

import org.jspecify.annotations.NullMarked;
