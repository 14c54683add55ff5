/**
 * One address for many registries: those that are mirrored, and what is pushed here.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.mirror.router.MirrorRouter} is a registry over a local one and any number of mirrors: the
 *       name of a repository says where it comes from.
 *   <li>{@link dev.berth.registry.mirror.router.NamespaceFilter} makes such names of the {@code ns} that containerd sends to
 *       its mirrors.
 * </ul>
 */
@NullMarked
package dev.berth.registry.mirror.router;

import org.jspecify.annotations.NullMarked;
