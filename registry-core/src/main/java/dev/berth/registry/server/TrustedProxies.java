package dev.berth.registry.server;

import dev.berth.registry.internal.wire.IpNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxies in front of a server. Their header fields for the client's address, scheme and host are trusted;
 * those of all other clients are ignored. Immutable.
 *
 * <p>The client is the last hop that is not a trusted proxy itself. Earlier entries of the header field were sent by
 * the client and are not trusted.
 *
 * @since 0.1
 */
public final class TrustedProxies {
    private static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

    private final List<IpNetwork> networks;
    private final boolean forwardedField;

    private TrustedProxies(List<IpNetwork> networks, boolean forwardedField) {
        this.networks = networks;
        this.forwardedField = forwardedField;
    }

    /** Returns the setting without proxies: the client is always the peer of the connection. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Returns proxies that set {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}, as most
     * do. They must overwrite or append to {@code X-Forwarded-For}, not forward the client's value unchanged.
     *
     * @param networks their addresses, or ranges in CIDR notation such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if a value is neither an address nor a range
     */
    public static TrustedProxies of(String... networks) {
        return new TrustedProxies(Arrays.stream(networks).map(IpNetwork::parse).toList(), false);
    }

    /**
     * Returns proxies that set {@code Forwarded} (RFC 7239) instead. A server reads only one of the two forms, because
     * a proxy that sets one of them forwards the client's value of the other.
     *
     * @param networks as for {@link #of}
     * @throws IllegalArgumentException as for {@link #of}
     */
    public static TrustedProxies settingForwarded(String... networks) {
        return new TrustedProxies(of(networks).networks, true);
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Records what trusted proxies state about a request. Has no effect on a request from another peer. */
    void apply(RegistryRequest request) {
        ExchangeRecord exchange = request.exchange();
        if (!trusts(exchange.peerAddress().orElse(null))) {
            return;
        }
        List<ForwardedHop> hops = forwardedField
                ? ForwardedHop.ofForwarded(request.headers())
                : ForwardedHop.ofXForwarded(request.headers());
        ForwardedHop nearest = null;
        for (int i = hops.size() - 1; i >= 0; i--) {
            InetSocketAddress address = hops.get(i).address();
            if (address == null) {
                // Hops before an address that is hidden or malformed are not trusted.
                nearest = nearest == null ? hops.get(i) : nearest;
                break;
            }
            nearest = hops.get(i);
            exchange.forwardedFor(address);
            if (!trusts(address)) {
                break;
            }
        }
        if (nearest != null) {
            nearest.secure().ifPresent(exchange::secure);
            nearest.host().ifPresent(exchange::forwardedHost);
        }
    }

    private boolean trusts(@Nullable InetSocketAddress address) {
        InetAddress ip = address == null ? null : address.getAddress();
        return ip != null && networks.stream().anyMatch(network -> network.contains(ip));
    }

    @Override
    public String toString() {
        return "TrustedProxies " + networks;
    }
}
