/**
 * What registries say about how many requests they take: {@link dev.berth.registry.client.limit.RateLimit}, which
 * {@link dev.berth.registry.client.RemoteRegistry#rateLimit} returns.
 */
@NullMarked
package dev.berth.registry.client.limit;

import org.jspecify.annotations.NullMarked;
