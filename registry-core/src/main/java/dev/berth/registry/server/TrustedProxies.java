package dev.berth.registry.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxies in front of a server. They are trusted to tell the address of the client, the scheme and the host
 * that it used; from any other address, the header fields for that are ignored. Immutable.
 *
 * <p>The client is the last hop that is not a trusted proxy itself: what stands before it in the header field was sent
 * by the client, and may be anything.
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

    /** Returns no proxies: the client is always the other end of the connection. */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Returns proxies that set {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and {@code X-Forwarded-Host}, as most
     * do. They must set the first one, not pass on the client's.
     *
     * @param networks their addresses, or ranges in CIDR notation such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one of them is no address and no range
     */
    public static TrustedProxies of(String... networks) {
        return new TrustedProxies(Arrays.stream(networks).map(IpNetwork::parse).toList(), false);
    }

    /**
     * Returns proxies that set {@code Forwarded} (RFC 7239) instead. One server reads one of the two forms only: a proxy
     * that sets one of them passes on what a client sends in the other.
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

    /** Records what trusted proxies tell of a request. Does nothing if it came from elsewhere. */
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
                // What is behind an address that is hidden or malformed was told by nobody who is trusted.
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
