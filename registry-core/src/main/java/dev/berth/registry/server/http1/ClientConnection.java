package dev.berth.registry.server.http1;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The connection by which a request came.
 *
 * @param address the client's end of the socket
 * @param secure whether the connection uses TLS
 * @param certificates the verified certificates of the client, its own first; empty if it presented none
 */
public record ClientConnection(InetSocketAddress address, boolean secure, List<X509Certificate> certificates) {}
