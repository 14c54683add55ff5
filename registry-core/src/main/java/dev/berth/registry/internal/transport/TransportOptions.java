package dev.berth.registry.internal.transport;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Options of an {@link HttpTransport}.
 *
 * @param connectTimeout the timeout for connecting, and for the TLS handshake
 * @param firstByteTimeout the timeout for the head of a response, once the request is sent: for its first byte as well as
 *     for all of it, with interim responses before it
 * @param stallTimeout the timeout for the next byte of a body, in either direction
 * @param minimumRate how many bytes of a short body must arrive in each second, on average and besides the stall timeout
 * @param maxInterimResponses the maximum number of interim responses (status 1xx) before a response
 * @param maxConnections the maximum number of connections to one server
 * @param leaseTimeout the timeout for leasing a connection from the pool
 * @param userAgent the value of {@code User-Agent}
 * @param trust which certificates are trusted
 * @param proxies which proxy is used for which origin
 * @param local which origins may be on this machine or its link; a request to any other ends before it is sent there
 */
public record TransportOptions(
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration stallTimeout,
        int minimumRate,
        int maxInterimResponses,
        int maxConnections,
        Duration leaseTimeout,
        String userAgent,
        TlsTrust trust,
        ProxySettings proxies,
        Predicate<Origin> local) {}
