/**
 * Serves any {@link dev.berth.registry.Registry} over HTTP.
 *
 * <p>{@link dev.berth.registry.server.RegistryServer} is the server. {@link dev.berth.registry.server.ServerLimits},
 * {@link dev.berth.registry.server.TlsOptions} and {@link dev.berth.registry.server.ConnectionThreads} configure it.
 * Applications extend it in these places:
 *
 * <ul>
 *   <li>{@link dev.berth.registry.server.RegistryHandler} answers a
 *       {@link dev.berth.registry.server.RegistryRequest} with a {@link dev.berth.registry.server.RegistryResponse}. The
 *       server itself is a handler, which can be mounted elsewhere; other handlers are added beside the API.
 *   <li>{@link dev.berth.registry.server.ServerFilter} surrounds every exchange: it may delay, rewrite, truncate or
 *       abort it.
 *   <li>{@link dev.berth.registry.server.Authenticator} authenticates the
 *       {@link dev.berth.registry.server.Caller}; {@link dev.berth.registry.server.RegistryResolver} returns the registry
 *       that the caller sees. {@link dev.berth.registry.server.BasicAuthenticator} has a fixed list of users.
 *   <li>{@link dev.berth.registry.server.DirectDownload} decides which clients download blobs from the storage itself.
 *   <li>{@link dev.berth.registry.server.ServerObserver} is called for every
 *       {@link dev.berth.registry.server.ServerExchange}; {@link dev.berth.registry.server.AccessLog} is one.
 * </ul>
 */
// For maintainers: a request passes Connection (its thread and its socket), Routes, ApiHandler (authentication, then the
// caller's registry) and the handler of its resource. ErrorAnswers turns what any of them throws into the specification's
// error body. What HttpCore lacks of a public server is in WatchedSocket, StrictRequestParser, StrictBodyLength,
// StrictChunkedInput and Http1Connection.
@NullMarked
package dev.berth.registry.server;

import org.jspecify.annotations.NullMarked;
