/**
 * Serves any {@link dev.berth.registry.Registry} over HTTP.
 *
 * <p>{@link dev.berth.registry.server.RegistryServer} is the server, with
 * {@link dev.berth.registry.server.ServerLimits}, {@link dev.berth.registry.server.TlsOptions},
 * {@link dev.berth.registry.server.TrustedProxies} and {@link dev.berth.registry.server.ConnectionThreads}. An
 * application extends it by implementing these interfaces:
 *
 * <ul>
 *   <li>{@link dev.berth.registry.server.RegistryHandler} makes a
 *       {@link dev.berth.registry.server.RegistryResponse} for a {@link dev.berth.registry.server.RegistryRequest}. The server provides its API as one, for use in another HTTP server. Handlers for paths outside the API can be added.
 *   <li>{@link dev.berth.registry.server.ServerFilter} wraps all handlers: it may delay, rewrite, truncate and abort.
 *   <li>{@link dev.berth.registry.server.Authenticator} determines the {@link dev.berth.registry.server.Caller},
 *       {@link dev.berth.registry.server.RegistryResolver} the registry that this caller sees. Both learn the
 *       {@link dev.berth.registry.server.RequestedAccess}. {@link dev.berth.registry.server.basic.BasicAuthenticator} has a
 *       fixed list of users.
 *   <li>{@link dev.berth.registry.server.DirectDownload} decides which callers download blobs directly from the storage.
 *   <li>{@link dev.berth.registry.server.ServerObserver} is a listener for every
 *       {@link dev.berth.registry.server.ServerExchange} and every connection;
 *       {@link dev.berth.registry.server.log.AccessLog} is one.
 * </ul>
 */
@NullMarked
package dev.berth.registry.server;

import org.jspecify.annotations.NullMarked;
