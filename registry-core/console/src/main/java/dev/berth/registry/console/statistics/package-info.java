/**
 * How often repositories and tags are pulled, and what the storage has grown to.
 *
 * <p>{@link dev.berth.registry.console.statistics.StatisticsPart} shows it: plots by day, with the numbers beside them for those
 * who do not see the plots. {@link dev.berth.registry.console.statistics.StatisticsLists} keeps it up to date.
 */
@NullMarked
package dev.berth.registry.console.statistics;

import org.jspecify.annotations.NullMarked;
