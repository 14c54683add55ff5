/**
 * The events of a registry.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.event.RegistryEvent} is a change or an access, of an
 *       {@link dev.berth.registry.event.EventType}, in an {@link dev.berth.registry.event.EventContext}: who acted, in
 *       which request, from where.
 *   <li>{@link dev.berth.registry.event.EventSink} takes events and carries them to a
 *       {@link dev.berth.registry.event.RegistryListener}.
 *   <li>{@link dev.berth.registry.event.EventFactory} creates events with a clock.
 * </ul>
 *
 * <p>A registry that publishes events is a wrapper around another one. It publishes an event after the change is
 * durable.
 */
@NullMarked
package dev.berth.registry.event;

import org.jspecify.annotations.NullMarked;
