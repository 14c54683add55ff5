/**
 * A registry in the browser.
 *
 * <p>{@link dev.berth.registry.console.Console} makes the pages of a hosted registry, which a server mounts at any path with one
 * line. {@link dev.berth.registry.console.SearchRoutes} answers {@code docker search} and {@code podman search}.
 */
@NullMarked
package dev.berth.registry.console;

import org.jspecify.annotations.NullMarked;
