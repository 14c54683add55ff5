/**
 * What happened in a registry: {@link dev.berth.registry.event.RegistryEvent} and who wants to know,
 * {@link dev.berth.registry.event.RegistryListener}. Events come from a wrapper around a registry, after the change is
 * durable.
 */
@NullMarked
package dev.berth.registry.event;

import org.jspecify.annotations.NullMarked;
