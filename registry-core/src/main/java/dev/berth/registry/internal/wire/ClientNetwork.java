package dev.berth.registry.internal.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one client in a limit: an address of IPv4, or the 64 bits of IPv6 that are one network, since who has one
 * of its addresses has them all.
 */
public final class ClientNetwork {
    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** Returns what stands for the client with this address, for use as a key. */
    public static Object of(InetAddress address) {
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES).getLong()
                : address;
    }
}
