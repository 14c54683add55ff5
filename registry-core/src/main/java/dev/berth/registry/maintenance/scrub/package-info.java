/**
 * The scrub: looks for what the storage has damaged.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.maintenance.scrub.Scrub} hashes all data and checks all links, at a rate of
 *       {@link dev.berth.registry.maintenance.scrub.ScrubOptions}, and goes on where it, or another process, has stopped.
 *   <li>{@link dev.berth.registry.maintenance.scrub.ScrubReport} is what a round has found: a
 *       {@link dev.berth.registry.maintenance.scrub.ScrubFinding} for each
 *       {@link dev.berth.registry.maintenance.scrub.ScrubProblem}, with the repositories and tags that it concerns. A
 *       {@link dev.berth.registry.maintenance.scrub.ScrubListener} is told at once.
 *   <li>{@link dev.berth.registry.maintenance.scrub.Quarantine} has the damaged data that was moved aside. From then on the
 *       registry answers that it does not exist, so that clients push it again.
 * </ul>
 */
@NullMarked
package dev.berth.registry.maintenance.scrub;

import org.jspecify.annotations.NullMarked;
