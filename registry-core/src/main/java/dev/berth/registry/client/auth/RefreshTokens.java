package dev.berth.registry.client.auth;

import dev.berth.registry.internal.cache.RecentlyUsed;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The successors of identity tokens: an OAuth2 service may issue a new refresh token with each response, and invalidate
 * the old one (RFC 6749, section 6). Thread-safe.
 */
final class RefreshTokens {
    private static final int CAPACITY = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<List<String>, String> newest = new RecentlyUsed<>(CAPACITY);

    /** Returns the newest successor of the token that the user gave. */
    String current(URI realm, String given) {
        lock.lock();
        try {
            return newestOr(realm, given);
        } finally {
            lock.unlock();
        }
    }

    /** Notes the successor that the service has issued; empty if it has not. */
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

    /** Returns the token to send after one was refused: a newer one of another thread, or the one that the user gave. */
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
