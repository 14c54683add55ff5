/** Deleting tags and images, for those who may: a page that asks, and says what goes and whether it can be restored. */
@NullMarked
package dev.berth.registry.console.deletion;

import org.jspecify.annotations.NullMarked;
