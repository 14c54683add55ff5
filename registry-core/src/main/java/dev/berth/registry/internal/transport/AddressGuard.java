package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.wire.IpNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Resolves the host of an origin to addresses that may be connected to: those of the internet, and those inside that are
 * allowed. If one of several may not, none may: a name that leads inside sometimes is not meant for us. What is returned
 * is to be connected to, and the name is not to be resolved again. Thread-safe.
 */
public final class AddressGuard {
    private final Resolver resolver;
    private final Predicate<Origin> allowedHosts;
    private final List<IpNetwork> allowedNetworks;

    /** Resolves names. */
    @FunctionalInterface
    public interface Resolver {
        /** Returns the addresses of a name, or those that a literal is; fails as {@link InetAddress#getAllByName} does. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * @param resolver resolves names; {@code InetAddress::getAllByName}
     * @param allowedHosts which hosts may have any address
     * @param allowedNetworks which addresses any host may have, besides those of the internet
     */
    public AddressGuard(Resolver resolver, Predicate<Origin> allowedHosts, List<IpNetwork> allowedNetworks) {
        this.resolver = resolver;
        this.allowedHosts = allowedHosts;
        this.allowedNetworks = List.copyOf(allowedNetworks);
    }

    /**
     * Resolves the host of an origin, which may block as long as the system's resolver does.
     *
     * @throws InsideAddressException if one of the addresses may not be connected to
     * @throws UnknownHostException if the name does not resolve
     */
    public List<InetAddress> resolve(Origin origin) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(origin.host());
        if (addresses.length == 0) {
            throw new UnknownHostException(origin.host());
        }
        if (!allowedHosts.test(origin)) {
            for (InetAddress address : addresses) {
                if (!allows(address)) {
                    throw new InsideAddressException(origin.host());
                }
            }
        }
        return List.of(addresses);
    }

    private boolean allows(InetAddress address) {
        return PublicAddresses.contains(address)
                || allowedNetworks.stream().anyMatch(network -> network.contains(address));
    }

    /** A host has an address that may not be connected to. */
    public static final class InsideAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        InsideAddressException(String host) {
            super(host);
        }
    }
}
