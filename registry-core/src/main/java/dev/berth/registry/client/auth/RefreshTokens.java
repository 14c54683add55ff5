package dev.berth.registry.client.auth;

import dev.berth.registry.internal.cache.RecentlyUsed;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has become of the identity tokens that users gave us: an OAuth2 service may hand out another one with each answer
 * and take the old one no more (RFC 6749, section 6). Thread-safe.
 */
final class RefreshTokens {
    private static final int CAPACITY = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<List<String>, String> newest = new RecentlyUsed<>(CAPACITY);

    /** Returns what to send to a token service in the place of what was given by the user. */
    String current(URI realm, String given) {
        lock.lock();
        try {
            return newestOr(realm, given);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the service has answered with another one; empty where it has not. */
    void replaced(URI realm, String given, String next) {
        if (next.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            newest.put(key(realm, given), next);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what to send after one was refused: a newer one that another thread has got, or what was given at first. */
    String refused(URI realm, String given, String refused) {
        lock.lock();
        try {
            if (refused.equals(newest.get(key(realm, given)))) {
                newest.remove(key(realm, given));
            }
            return newestOr(realm, given);
        } finally {
            lock.unlock();
        }
    }

    private String newestOr(URI realm, String given) {
        String known = newest.get(key(realm, given));
        return known == null ? given : known;
    }

    private static List<String> key(URI realm, String given) {
        return List.of(realm.toString(), given);
    }
}
