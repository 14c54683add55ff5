/**
 * Quotas: limits on what the repositories of patterns use, in bytes and in number, for any number of nodes.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.quota.Quotas} makes a registry that keeps to its quotas, and says what is used;
 *   <li>{@link dev.berth.registry.quota.QuotaLimit} is a limit, {@link dev.berth.registry.quota.QuotaOptions} has all;
 *   <li>{@link dev.berth.registry.quota.PatternUsage} and {@link dev.berth.registry.quota.RepositoryUsage} are what it
 *       says.
 * </ul>
 *
 * <p>What it stores, below {@code _berth/quota/}, all of it text, and all of it to be counted again from the repositories:
 *
 * <ul>
 *   <li>{@code ledgers/<hash of a repository>}: each blob and manifest that the repository shows, with its size, and a
 *       number that grows with each change;
 *   <li>{@code tables/<0 to 63>}: the use of some of the repositories, each as of a state of its ledger;
 *   <li>{@code counters/<hash of a pattern>}: the sum of each table, as of a state of it, and what each node has set aside;
 *   <li>{@code nodes/<id>}: a node that changes repositories, or has set something aside;
 *   <li>{@code counted}: the patterns of which everything was counted.
 * </ul>
 */
@NullMarked
package dev.berth.registry.quota;

import org.jspecify.annotations.NullMarked;
