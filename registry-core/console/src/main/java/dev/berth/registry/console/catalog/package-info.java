/**
 * What lists show of repositories, tags and images, kept so that a list reads no manifest.
 *
 * <p>For each repository there is one object in the store, a {@link dev.berth.registry.console.catalog.RepositoryRecord},
 * which is derived from the registry: nothing is lost with it. It is brought up to date by whichever node has told an event of
 * the repository, which looks at the tags that the event names, and not at all others. What a crash leaves undone, a rebuild
 * finds.
 *
 * <p>Each node has a {@link dev.berth.registry.console.catalog.RepositoryCard} of each repository in memory, for lists and
 * searches. It learns of the changes of other nodes by a journal, which each node reads from time to time.
 */
@NullMarked
package dev.berth.registry.console.catalog;

import org.jspecify.annotations.NullMarked;
