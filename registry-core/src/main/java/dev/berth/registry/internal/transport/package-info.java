/**
 * One HTTP exchange at a time with any server, over Apache HttpClient with everything switched off that would repeat,
 * redirect, decompress or remember on its own: that is decided by who knows what is asked for. Not exported.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.internal.transport.HttpTransport} makes the exchanges: an
 *       {@link dev.berth.registry.internal.transport.OutgoingRequest} gives an
 *       {@link dev.berth.registry.internal.transport.IncomingResponse}, or a
 *       {@link dev.berth.registry.internal.transport.TransportException} that tells in a sentence what is wrong, and
 *       whether another try can help;
 *   <li>{@link dev.berth.registry.internal.transport.TlsTrust} says whom to trust for TLS, host by host,
 *       {@link dev.berth.registry.internal.transport.ProxySettings} which proxy leads where;
 *   <li>{@link dev.berth.registry.internal.transport.Origin} is where a request goes: what has the same origin may see
 *       the same secrets.
 * </ul>
 *
 * <p>Calls block on sockets whose reads and writes end when the thread is interrupted. The package starts no threads:
 * what watches over writes is scheduled on the JDK's own timer.
 */
@NullMarked
package dev.berth.registry.internal.transport;

import org.jspecify.annotations.NullMarked;
