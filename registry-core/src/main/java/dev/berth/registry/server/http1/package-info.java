/**
 * HTTP/1.1 over sockets. Not exported.
 *
 * <p>{@link dev.berth.registry.server.http1.Listener} accepts connections, whose requests a
 * {@link dev.berth.registry.server.http1.Http1Application} serves. This package knows nothing of registries and of the
 * public interface of the server.
 *
 * <p>A {@code Connection} has a {@code Transport}. With a {@code SocketTransport} it has a thread of its own, which
 * waits in reads and writes. With a {@code ChannelTransport} a {@code Poller} waits for its requests, and for those of
 * many others, with one thread, which also serves them; a request that takes long keeps the thread, and the poller goes
 * on with another one. In both cases a {@code RequestLoop} blocks until a request is served: {@code HeadReader} and
 * {@code RequestReader} read it, {@code ResponseWriter} writes the response. {@code ConnectionTimer} and
 * {@code Watchdog} enforce the timeouts.
 */
@NullMarked
package dev.berth.registry.server.http1;

import org.jspecify.annotations.NullMarked;
