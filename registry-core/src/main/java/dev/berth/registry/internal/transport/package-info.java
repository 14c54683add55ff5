/**
 * Single HTTP exchanges with any server over Apache HttpClient. Its retries, redirects, decompression and cookies are
 * switched off: callers know the meaning of a request and decide. Works with HttpClient 5.4 and HttpCore 5.3 or later;
 * nothing that is newer is used, since frameworks often manage older releases. Not exported.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.internal.transport.HttpTransport} performs the exchanges: an
 *       {@link dev.berth.registry.internal.transport.OutgoingRequest} gives an
 *       {@link dev.berth.registry.internal.transport.IncomingResponse}, or a
 *       {@link dev.berth.registry.internal.transport.TransportException} with a sentence for users that
 *       says whether a retry can help;
 *   <li>{@link dev.berth.registry.internal.transport.TlsTrust} holds the trusted certificates for each host,
 *       {@link dev.berth.registry.internal.transport.ProxySettings} the proxies;
 *   <li>{@link dev.berth.registry.internal.transport.Origin} is scheme, host and port of a request: credentials may be
 *       sent to other addresses of the same origin.
 * </ul>
 *
 * <p>Calls block; interrupting the thread ends reads and writes. The package starts no threads: the timeout for writes
 * runs on the JDK's own timer.
 */
@NullMarked
package dev.berth.registry.internal.transport;

import org.jspecify.annotations.NullMarked;
