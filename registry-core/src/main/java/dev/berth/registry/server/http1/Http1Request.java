package dev.berth.registry.server.http1;

import java.io.InputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A request whose header was read and checked.
 *
 * @param method a token
 * @param target path and query; begins with a slash
 * @param headers name, value, name, value, … as they were sent; names are tokens, values have no control characters
 * @param body the body. Reading fails with {@link MalformedRequestException} or {@link TruncatedBodyException} for a
 *     mistake of the client's, and with another exception if the connection is lost
 * @param contentLength the length of the body in bytes, or negative if it is unknown
 * @param protocol the version of HTTP, such as {@code HTTP/1.1}
 * @param connection the connection by which it came
 * @param clientGone returns whether the client has hung up, or ended its side of the connection. It may take a
 *     millisecond, and is called by the thread of the connection
 */
public record Http1Request(
        String method,
        String target,
        List<String> headers,
        InputStream body,
        long contentLength,
        String protocol,
        ClientConnection connection,
        BooleanSupplier clientGone) {}
