/**
 * What an operator may have to account for: who logged in or was refused, what was deleted, what the rules of the registry
 * refused, and who changed the rights of others.
 *
 * <ul>
 *   <li>An {@link dev.berth.registry.audit.AuditListener} is told {@link dev.berth.registry.audit.AuditEvent}s, in the way of
 *       a request. {@link dev.berth.registry.audit.AuditLog} writes them as lines of text or JSON;
 *       {@link dev.berth.registry.audit.AuditQueue} stands in front of a listener that may be slow.
 *   <li>{@link dev.berth.registry.audit.Audited} is a registry that tells of deletions and of refusals by rules. Access
 *       control, retention, collections and scrubs tell their own events.
 *   <li>{@link dev.berth.registry.audit.RefusalFlood} keeps a flood of refusals out of the log.
 * </ul>
 *
 * <p>Events hold no secrets, and their texts are bounded.
 */
@NullMarked
package dev.berth.registry.audit;

import org.jspecify.annotations.NullMarked;
