package dev.berth.registry.account;

import dev.berth.registry.access.AccessEvent;
import dev.berth.registry.access.AccessListener;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ClientNetwork;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells an {@link AccessListener} of logins, and of tokens. For authenticators of further kinds: whatever they accept or
 * refuse is told here, in the same way. Thread-safe.
 *
 * <p>A login is told once for an account and a client, and again after five minutes, since clients log in with every
 * request. Of refused logins 20 in ten seconds are told for a client and 500 for all; the next one says how many were not.
 *
 * @since 0.1
 */
public final class LoginEvents {
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(5);
    private static final int CAPACITY = 10_000;

    private final AccessListener listener;
    private final InstantSource clock;
    private final RefusalFlood flood;
    private final RefusalFlood anonymous;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Known, Instant> told = new RecentlyUsed<>(CAPACITY);

    /** Who was let in, and from where. */
    private record Known(String subject, Optional<Object> client) {}

    /** Returns what tells a listener. Authenticators of one server share it: with {@link Logins}, take theirs. */
    public static LoginEvents of(AccessListener listener) {
        return new LoginEvents(listener, InstantSource.system());
    }

    LoginEvents(AccessListener listener, InstantSource clock) {
        this.listener = AccessListener.guarded(listener);
        this.clock = clock;
        this.flood = new RefusalFlood(clock);
        this.anonymous = new RefusalFlood(clock);
    }

    /** Returns the address of the client of a request, if it is known. */
    public static Optional<InetAddress> client(RegistryRequest request) {
        return request.remoteAddress().map(InetSocketAddress::getAddress);
    }

    /** Tells that an account was let in. */
    public void accepted(Account account, Optional<InetAddress> client) {
        accepted(account.subject(), account.caller(), credentials(account), client);
    }

    /**
     * Tells that a caller was let in.
     *
     * @param subject what names the credentials
     * @param credentials what kind they are of, as in {@link AccessEvent#credentials()}
     */
    public void accepted(String subject, Caller caller, String credentials, Optional<InetAddress> client) {
        if (isNew(new Known(subject, client.map(ClientNetwork::of)))) {
            tell(AccessEvent.Type.LOGIN, caller.name(), client, credentials, "", "");
        }
    }

    private boolean isNew(Known known) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Instant before = told.get(known);
            if (before != null && Duration.between(before, now).abs().compareTo(TOLD_AGAIN) < 0) {
                return false;
            }
            told.put(known, now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells that credentials were refused.
     *
     * @param name the name that was tried; empty if there is none, or nobody vouches for it
     * @param reason why, without the credentials
     */
    public void refused(String name, String credentials, String reason, Optional<InetAddress> client) {
        OptionalLong before = flood.next(client);
        if (before.isPresent()) {
            String more = before.getAsLong() == 0 ? "" : "; " + before.getAsLong() + " more before this were not told";
            tell(AccessEvent.Type.LOGIN_REFUSED, name, client, credentials, "", reason + more);
        }
    }

    /**
     * Tells that a token was issued. An account is absent for an anonymous caller, which is told as often as a login: once
     * for a client in five minutes; and for all clients as often as refusals.
     */
    public void issued(Optional<Account> account, String scopes, Optional<InetAddress> client) {
        if (account.isEmpty()
                && (!isNew(new Known("", client.map(ClientNetwork::of)))
                        || anonymous.next(client).isEmpty())) {
            return;
        }
        tell(
                AccessEvent.Type.TOKEN_ISSUED,
                account.map(known -> known.caller().name()).orElse(""),
                client,
                account.map(LoginEvents::credentials).orElse(""),
                scopes,
                "");
    }

    /** Tells, if a caller is let in by credentials that are not good for an access, that the server will refuse it. */
    public Caller admitted(Caller caller, String credentials, RequestedAccess access, RegistryRequest request) {
        if (access.action() != RequestedAccess.Action.PING && !caller.isWithinLimit(access)) {
            tell(
                    AccessEvent.Type.ACCESS_REFUSED,
                    caller.name(),
                    client(request),
                    credentials,
                    access.toString(),
                    "the credentials are not good for this");
        }
        return caller;
    }

    private void tell(
            AccessEvent.Type type,
            String caller,
            Optional<InetAddress> client,
            String credentials,
            String target,
            String reason) {
        listener.on(new AccessEvent(clock.instant(), type, caller, client, credentials, target, reason));
    }

    /**
     * Returns the kind of credentials that an account was found by, as in {@link AccessEvent#credentials()}: what the
     * attribute {@code credentials} of its caller says, or the source that its subject begins with.
     */
    public static String credentials(Account account) {
        String known = account.caller().attributes().getOrDefault("credentials", "");
        int colon = account.subject().indexOf(':');
        return !known.isEmpty()
                ? known
                : colon < 0 ? "password" : account.subject().substring(0, colon);
    }
}
