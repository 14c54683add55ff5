/**
 * Replication: what is pushed to one registry is carried over to another one.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.mirror.replication.Replication} does it, by rules, driven by events and by comparisons.
 *   <li>A {@link dev.berth.registry.mirror.replication.ReplicationRule} says which repositories and tags, in which direction,
 *       under which names, and what happens to conflicts.
 *   <li>{@link dev.berth.registry.mirror.replication.ReplicationStatus} tells how far each rule is, what fails, and what
 *       differs; a {@link dev.berth.registry.mirror.replication.ReplicationListener} is told as it happens.
 * </ul>
 *
 * <p>Below {@code _berth/replication/<rule>/} of the store there are {@code tags/<repository>/<tag>}, what both sides had of a
 * tag when they last agreed, and {@code lease}, which node compares. The former are primary: without it a tag that
 * differs is a conflict, and a deletion is not carried over. Nothing else is lost with it.
 */
@NullMarked
package dev.berth.registry.mirror.replication;

import org.jspecify.annotations.NullMarked;
