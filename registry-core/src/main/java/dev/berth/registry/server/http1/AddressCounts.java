package dev.berth.registry.server.http1;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections each client has. A client is an address of IPv4, or the 64 bits of IPv6 that are one network: who
 * has one of its addresses has them all. Not thread-safe.
 */
final class AddressCounts {
    private static final int NETWORK_BYTES = 8;

    private final Map<Object, Integer> counts = new HashMap<>();

    /** Returns what stands for the client with this address. */
    static Object client(InetAddress address) {
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES).getLong()
                : address;
    }

    int count(Object client) {
        return counts.getOrDefault(client, 0);
    }

    void add(Object client) {
        counts.merge(client, 1, Integer::sum);
    }

    void remove(Object client) {
        counts.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
}
