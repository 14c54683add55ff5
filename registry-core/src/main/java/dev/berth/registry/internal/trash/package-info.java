/**
 * What was deleted and can be restored within the window of undelete. An entry of the trash says what was deleted, and when;
 * whether it is still deleted is decided by links, as everywhere. So a push does not have to look at the trash.
 *
 * <p>A deletion writes, before it unlinks anything: the time; the entries of the trash. So whatever is in the trash is found
 * by its time when the window is over. The keys are in {@code registry-core/docs/storage-layout.md}.
 */
@NullMarked
package dev.berth.registry.internal.trash;

import org.jspecify.annotations.NullMarked;
