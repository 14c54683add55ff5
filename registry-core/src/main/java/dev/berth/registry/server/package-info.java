/**
 * Serves any {@link dev.berth.registry.Registry} over HTTP.
 *
 * <p>{@link dev.berth.registry.server.RegistryServer} is the server, with
 * {@link dev.berth.registry.server.ServerLimits}, {@link dev.berth.registry.server.TlsOptions} and
 * {@link dev.berth.registry.server.ConnectionThreads}. Applications take part at these seams:
 *
 * <ul>
 *   <li>{@link dev.berth.registry.server.RegistryHandler} answers a
 *       {@link dev.berth.registry.server.RegistryRequest} with a {@link dev.berth.registry.server.RegistryResponse}. The
 *       server is one itself, so it can be mounted elsewhere; others are added beside the API.
 *   <li>{@link dev.berth.registry.server.ServerFilter} stands around everything: it may wait, rewrite, cut and abort.
 *   <li>{@link dev.berth.registry.server.Authenticator} finds the {@link dev.berth.registry.server.Caller},
 *       {@link dev.berth.registry.server.RegistryResolver} the registry which that caller sees.
 *       {@link dev.berth.registry.server.BasicAuthenticator} knows a fixed list of users.
 *   <li>{@link dev.berth.registry.server.DirectDownload} decides who fetches blobs from the storage itself.
 *   <li>{@link dev.berth.registry.server.ServerObserver} is told of every
 *       {@link dev.berth.registry.server.ServerExchange}; {@link dev.berth.registry.server.AccessLog} is one.
 * </ul>
 *
 * <p>Inside, a request passes {@code Connection} (its thread and its socket), {@code Routes}, {@code ApiHandler} (who is
 * it, what do they see) and the handler of its resource; {@code ErrorResponses} turns what any of them throws into the
 * specification's error body. Whatever HttpCore does not do as a public server must stands in {@code WatchedSocket},
 * {@code StrictRequestParser}, {@code StrictBodyLength}, {@code StrictChunkedInput} and {@code Http1Connection}.
 */
@NullMarked
package dev.berth.registry.server;

import org.jspecify.annotations.NullMarked;
