package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.wire.IpNetwork;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the internet, as opposed to those of this machine, its link, its site, its cloud, and those that stand
 * for another address or for nobody (the special-purpose registries of IANA, RFC 6890).
 */
public final class PublicAddresses {
    /** Those of IPv4 that are not public. */
    private static final List<IpNetwork> SPECIAL_V4 = networks(
            "0.0.0.0/8", // this host
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by the customers of a carrier
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // what a cloud tells its machines, at an address that looks like any other
            "169.254.0.0/16", // link-local, where other clouds do
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /**
     * Those of IPv6 that are public, but for the next: nothing else is assigned as global unicast. So the forms that hold an
     * address of IPv4 (mapped, compatible, NAT64), unique-local, link-local and multicast addresses are none.
     */
    private static final IpNetwork GLOBAL_V6 = IpNetwork.parse("2000::/3");

    private static final List<IpNetwork> SPECIAL_V6 = networks(
            "2001::/23", // protocol assignments, with Teredo, which holds an address of IPv4
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which holds an address of IPv4
            "3fff::/20"); // documentation

    private PublicAddresses() {}

    private static List<IpNetwork> networks(String... texts) {
        return Stream.of(texts).map(IpNetwork::parse).toList();
    }

    /** Returns whether this is an address of the internet. */
    public static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_V4.stream().noneMatch(network -> network.contains(address));
        }
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(network -> network.contains(address));
    }
}
