package dev.berth.registry.internal.transport;

import java.time.Duration;

/**
 * How exchanges are made.
 *
 * @param connectTimeout for a connection, with its TLS handshake, to come about
 * @param firstByteTimeout for a response to begin, once the request is sent
 * @param stallTimeout for the next byte of a body, in either direction
 * @param maxConnections how many connections there may be to one server at a time
 * @param leaseTimeout how long to wait for one of them
 * @param userAgent the value of {@code User-Agent}
 * @param trust whom to trust for TLS
 * @param proxies which proxy leads where
 */
public record TransportOptions(
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration stallTimeout,
        int maxConnections,
        Duration leaseTimeout,
        String userAgent,
        TlsTrust trust,
        ProxySettings proxies) {}
