package dev.berth.registry.client.auth;

import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.WireHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The authorizer of each server. Only the registry itself gets credentials. For a server that the registry redirects to,
 * there is at most an anonymous token, which some public registries demand. Thread-safe.
 */
public final class Authorizers {
    private static final int CAPACITY = 16;

    private final Origin home;
    private final OriginAuthorizer atHome;
    private final TokenClient tokenClient;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Origin, OriginAuthorizer> elsewhere = new RecentlyUsed<>(CAPACITY);

    public Authorizers(Origin home, CredentialCache credentials, TokenClient tokenClient, InstantSource clock) {
        this.home = home;
        this.atHome = new OriginAuthorizer(credentials, tokenClient, clock);
        this.tokenClient = tokenClient;
        this.clock = clock;
    }

    public OriginAuthorizer of(Origin origin) {
        if (origin.equals(home)) {
            return atHome;
        }
        lock.lock();
        try {
            return elsewhere.getOrCreate(
                    origin,
                    key -> new OriginAuthorizer(
                            new CredentialCache(CredentialStore.none(), key.authority(), clock), tokenClient, clock));
        } finally {
            lock.unlock();
        }
    }

    /** Returns an authorization as the headers of a request. */
    static List<Map.Entry<String, String>> headers(Authorization authorization) {
        return authorization
                .header()
                .map(value -> List.of(Map.entry(WireHeaders.AUTHORIZATION, value)))
                .orElse(List.of());
    }
}
