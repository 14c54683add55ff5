/**
 * A whole registry over a store, put together: {@link dev.berth.registry.host.HostedRegistry} is the engine with the layers in
 * front of it and the work beside it, in the one order that is right. Each part works without this package, too.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.host.HostedRegistryBuilder} has a switch for each part. What is not switched on costs
 *       nothing.
 *   <li>{@link dev.berth.registry.host.CollectionSchedule}, {@link dev.berth.registry.host.ScrubSchedule} and
 *       {@link dev.berth.registry.host.RetentionSchedule} say when what takes long is done, and how.
 *   <li>{@link dev.berth.registry.host.HostLayer} adds a registry between the layers: a gate, a mirror, a router. It finds in
 *       its {@link dev.berth.registry.host.HostContext} what it may need, and leaves there what it has to do in the
 *       background, as {@link dev.berth.registry.host.BackgroundWork} or as something that is repeated.
 * </ul>
 */
@NullMarked
package dev.berth.registry.host;

import org.jspecify.annotations.NullMarked;
