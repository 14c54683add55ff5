/**
 * Registries made of registries. Each is made by a static factory and is a {@link dev.berth.registry.Registry} itself,
 * so they can be put around each other; none closes what it was made of.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.compose.Observed} tells a listener what happens, by way of an
 *       {@link dev.berth.registry.compose.EventQueue}.
 *   <li>{@link dev.berth.registry.compose.ReadOnly} takes no pushes and deletes nothing,
 *       {@link dev.berth.registry.compose.WithoutDeletion} only the latter.
 * </ul>
 *
 * <p>There are two bases to write more of them on:
 *
 * <ul>
 *   <li>{@link dev.berth.registry.compose.ForwardingRegistry} and its parts do what the registry behind them does, for
 *       wrappers that look on or change a little;
 *   <li>{@link dev.berth.registry.compose.DenyingRegistry} and its parts refuse everything, for wrappers that decide
 *       what may be done: they allow call by call, so that one which is added to the interface later is refused until
 *       somebody has thought about it.
 * </ul>
 */
@NullMarked
package dev.berth.registry.compose;

import org.jspecify.annotations.NullMarked;
