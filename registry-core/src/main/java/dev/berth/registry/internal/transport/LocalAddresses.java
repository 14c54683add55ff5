package dev.berth.registry.internal.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses at which a server elsewhere has no business: those of this machine itself, and those of its link, where clouds
 * answer with the credentials of the machine.
 */
final class LocalAddresses {
    private LocalAddresses() {}

    /** Returns whether this is 127.0.0.0/8, ::1, 169.254.0.0/16, fe80::/10, or the address that stands for all. */
    static boolean contains(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress();
    }

    /** Returns whether a host is a name or an address that needs no resolution, and is local. */
    static boolean containsLiteral(String host) {
        if (Origin.isLoopback(host)) {
            return true;
        }
        boolean address = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            // Of an address this looks nothing up.
            return address && contains(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
