/**
 * Registries made of other registries. Each is created by a static factory and is itself a
 * {@link dev.berth.registry.Registry}, so they can be nested. None closes the registry that it was made of.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.compose.Observed} publishes an event for each change and access to an
 *       {@link dev.berth.registry.event.EventSink}; {@link dev.berth.registry.compose.EventQueue} is a sink that
 *       delivers them to a listener from memory.
 *   <li>{@link dev.berth.registry.compose.ReadOnly} refuses every change,
 *       {@link dev.berth.registry.compose.WithoutDeletion} every deletion. A
 *       {@link dev.berth.registry.compose.Denial} sets the exception.
 *   <li>{@link dev.berth.registry.compose.Union} shows several registries as one: what is read comes from the first that has
 *       it. {@link dev.berth.registry.compose.CompletedPushes} copies what a pushed manifest needs from where it is.
 * </ul>
 *
 * <p>There are two bases for more of them:
 *
 * <ul>
 *   <li>{@link dev.berth.registry.compose.ForwardingRegistry} and its parts forward every method, for wrappers that
 *       observe or change a little;
 *   <li>{@link dev.berth.registry.compose.DenyingRegistry} and its parts deny every method, for access control. Wrappers
 *       allow method by method, so a method that is added to an interface later is denied until a wrapper allows it.
 * </ul>
 */
@NullMarked
package dev.berth.registry.compose;

import org.jspecify.annotations.NullMarked;
