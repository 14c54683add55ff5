/** Archives and compressed files, as layouts and layers both see them. */
@NullMarked
package dev.berth.registry.internal.archive;

import org.jspecify.annotations.NullMarked;
