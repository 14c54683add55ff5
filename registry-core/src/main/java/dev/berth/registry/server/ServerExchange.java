package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request and what became of it. One that was so malformed that it could not be read has neither method nor target.
 *
 * @param requestId identifies it in logs
 * @param startedAt when its headers were complete
 * @param duration from then until the response was sent, or could not be
 * @param remoteAddress the client, if there is a connection
 * @param method the method
 * @param target path and query, as they were sent
 * @param route the path with its variables in angle brackets, as {@code /v2/<name>/blobs/<digest>}; empty if there is
 *     nothing at this address. The number of different ones is small
 * @param repository the name of the repository, as it was sent; empty if there is none in the path
 * @param caller who made it
 * @param referrer the header field {@code Referer}, if it was sent
 * @param userAgent the header field {@code User-Agent}, if it was sent
 * @param status the status of the response; 0 if there was none
 * @param bytesIn the bytes of the request's body that were read
 * @param bytesOut the bytes of the response's body that were sent
 * @param complete whether the whole response was sent
 */
public record ServerExchange(
        String requestId,
        Instant startedAt,
        Duration duration,
        Optional<InetSocketAddress> remoteAddress,
        String method,
        String target,
        String route,
        String repository,
        Caller caller,
        Optional<String> referrer,
        Optional<String> userAgent,
        int status,
        long bytesIn,
        long bytesOut,
        boolean complete) {}
