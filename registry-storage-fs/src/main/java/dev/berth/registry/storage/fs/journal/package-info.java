/**
 * A journal of changes of files. A change is durable as soon as the journal is, by one sync for all that requests write at
 * the same time, and not only when each file and each directory of it is. Those are synced later, many together.
 *
 * <p>{@link dev.berth.registry.storage.fs.journal.Journal} writes it, and
 * {@link dev.berth.registry.storage.fs.journal.JournalReader} reads what a crash left of it.
 */
@NullMarked
package dev.berth.registry.storage.fs.journal;

import org.jspecify.annotations.NullMarked;
