/**
 * HTTP/1.1 over sockets, on HttpCore's blocking engine. Not exported.
 *
 * <p>{@link dev.berth.registry.server.http1.Listener} accepts connections, each of which a
 * {@link dev.berth.registry.server.http1.Http1Application} serves request by request. This package knows nothing of
 * registries and of the public interface of the server.
 *
 * <p>A {@code Connection} is one thread and one socket: {@code RequestReader} reads a request, {@code ResponseWriter}
 * writes the response. HttpCore lacks some checks that a public server needs; they are in {@code TimedSocket},
 * {@code StrictRequestParser}, {@code StrictBodyLength}, {@code StrictChunkedInput} and {@code Http1Connection}.
 * {@code ConnectionTimer} and {@code Watchdog} enforce the timeouts.
 */
@NullMarked
package dev.berth.registry.server.http1;

import org.jspecify.annotations.NullMarked;
