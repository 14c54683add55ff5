/**
 * Bytes that wait in a store until they were delivered. What is in them is not its business.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.internal.eventlog.EventLog}: what was published and not yet put into queues, by any node,
 *       under {@link dev.berth.registry.internal.eventlog.LogName}s whose order is that of acknowledgement;
 *   <li>{@link dev.berth.registry.internal.eventlog.EndpointQueue}: what waits for one receiver, in
 *       {@link dev.berth.registry.internal.eventlog.SegmentName segments}, apart from what one lane has left behind, and
 *       what was given up;
 *   <li>{@link dev.berth.registry.internal.eventlog.SettledNames}: which names of a listing have all before them in it;
 *   <li>{@link dev.berth.registry.internal.eventlog.StoreLease}: who may do it now.
 * </ul>
 *
 * <p><b>Order.</b> Say that x was acknowledged before y was published. Then this holds:
 *
 * <ol>
 *   <li>The name of x in the log is below that of y: whoever names y has looked at the newest name, unless its process
 *       alone has the store and its clock has named x. No clock of another node is trusted.
 *   <li>Who sees y in one listing sees x in the next one, if x is still there: its put had ended. So of a listing only
 *       those names are taken that were in the one before, and come before each name that is new in it.
 *   <li>x leaves the log only after the segments with it were written, and after the lease of the log was then seen to
 *       be this node's still. So whoever has the lease later finds x either in the log or in a segment of a lower term;
 *       and all terms of a later holder are higher. So x is before y in the queue.
 *   <li>The same holds from the queue to a lane that was set apart: a segment is deleted after the messages of such lanes
 *       were written for themselves and the lease of the receiver was confirmed.
 * </ol>
 *
 * <p>Two nodes that both take a lease for theirs therefore cause repetitions only: each of them has x before y, and what
 * either of them lacks was delivered, or comes with a lower name. The order is that of the first delivery of each.
 *
 * <p><b>At least once.</b> Bytes are deleted only after they are durable where they go next, or were delivered. All names
 * are unique for ever, so a late deletion is about what it was meant for.
 */
@NullMarked
package dev.berth.registry.internal.eventlog;

import org.jspecify.annotations.NullMarked;
