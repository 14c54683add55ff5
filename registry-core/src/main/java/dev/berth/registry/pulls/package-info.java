/**
 * How often and when manifests were pulled.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.pulls.PullStatistics} counts in memory, off the way of requests, writes what it has counted
 *       in batches, and reads what all nodes have written.
 *   <li>{@link dev.berth.registry.pulls.Pulls} is a number of pulls and the time of the last one,
 *       {@link dev.berth.registry.pulls.DailyPulls} are numbers by day, and
 *       {@link dev.berth.registry.pulls.RepositoryPulls} is all that is known of a repository.
 *   <li>{@link dev.berth.registry.pulls.PullTotals} has the pulls of all repositories in memory, for lists.
 * </ul>
 *
 * <p>Below {@code _berth/pulls/}, {@code batches/<time>-<node>-<number>} is what one node has counted since its last
 * batch: a new object, so that nodes do not contend. {@code repositories/<name>} is what was merged from batches, with the
 * names of those that are in it already, so that each counts once, whoever merges them and wherever that is interrupted. All
 * of it may be deleted: then counting begins anew.
 */
@NullMarked
package dev.berth.registry.pulls;

import org.jspecify.annotations.NullMarked;
