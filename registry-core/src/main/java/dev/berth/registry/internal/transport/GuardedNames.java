package dev.berth.registry.internal.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names for the connections of one transport. While an exchange is guarded, local addresses are left out of what
 * it may connect to: what is checked is what is connected to, however often a name server changes its mind. Thread-safe.
 */
final class GuardedNames implements DnsResolver {
    /** Connections are made by the thread of the exchange, and the resolver is told the name only. */
    private final ThreadLocal<Boolean> guarded = new ThreadLocal<>();

    /** The addresses that were resolved before, by the rules of somebody else, for the thread of an exchange. */
    private final Map<Thread, List<InetAddress>> pinned = new ConcurrentHashMap<>();

    /** Gives names that this thread resolves these addresses, whatever they are. */
    void pin(List<InetAddress> addresses) {
        pinned.put(Thread.currentThread(), addresses);
    }

    /** Ends {@link #pin}. */
    void unpin() {
        pinned.remove(Thread.currentThread());
    }

    /** Makes the names that this thread resolves guarded, or not. */
    void guard(boolean on) {
        if (on) {
            guarded.set(true);
        } else {
            guarded.remove();
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> known = pinned.get(Thread.currentThread());
        if (known != null) {
            return known.toArray(InetAddress[]::new);
        }
        InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        if (guarded.get() == null) {
            return addresses;
        }
        InetAddress[] others = Arrays.stream(addresses)
                .filter(address -> !LocalAddresses.contains(address))
                .toArray(InetAddress[]::new);
        if (others.length == 0) {
            throw new LocalNameException(host);
        }
        return others;
    }

    @Override
    public @Nullable String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    /** A name has local addresses only. */
    static final class LocalNameException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        LocalNameException(String host) {
            super(host);
        }
    }
}
