package dev.berth.registry.host;

import dev.berth.registry.Registry;

/**
 * A registry in front of another one, as a part of a {@link HostedRegistry}: a mirror, a router, a gate.
 *
 * <pre>{@code
 * HostedRegistry.builder(store).mirrors((pushed, host) -> {
 *     PullThrough mirror = PullThrough.of(upstream, pushed, host.store(), options);
 *     host.mirror(mirror);
 *     return mirror;
 * });
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HostLayer {

    /**
     * Returns the layer. Called once, when the registry is built.
     *
     * @param inner what the layer stands in front of; it is not for the layer to close
     * @param host what it may need, and where it leaves what is to be done beside requests
     * @throws RuntimeException if it cannot be made; then the registry cannot be built
     */
    Registry over(Registry inner, HostContext host);
}
