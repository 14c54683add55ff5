package dev.berth.registry.server.http1;

import java.time.Duration;

/**
 * What a client may cost.
 *
 * @param maxHeaderBytes the size of request line and header fields together, in bytes
 * @param maxHeaderCount the number of header fields
 * @param headerTimeout the time for request line and header fields, and before them for the TLS handshake
 * @param idleTimeout how long a connection may wait for its next request
 * @param minBytesPerSecond the minimum rate of a body, measured only while the server waits for the client
 * @param slowTransferGrace how much waiting beyond that rate is allowed
 * @param maxConnections the number of connections at the same time
 * @param maxConnectionsPerAddress the number of them that come from one address
 */
public record Http1Limits(
        int maxHeaderBytes,
        int maxHeaderCount,
        Duration headerTimeout,
        Duration idleTimeout,
        int minBytesPerSecond,
        Duration slowTransferGrace,
        int maxConnections,
        int maxConnectionsPerAddress) {}
