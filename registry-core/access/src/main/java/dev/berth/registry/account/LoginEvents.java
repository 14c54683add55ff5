package dev.berth.registry.account;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ClientNetwork;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells an {@link AuditListener} of logins, and of tokens. For authenticators of further kinds: whatever they accept or
 * refuse is told here, in the same way. Thread-safe.
 *
 * <p>A login is told once for an account and a client, and again after five minutes, since clients log in with every
 * request. Of refused logins 20 in ten seconds are told for a client and 500 for all; the next one says how many were not.
 *
 * @since 0.1
 */
public final class LoginEvents {
    /** The attribute of a caller that names the kind of its credentials. */
    private static final String CREDENTIALS = "credentials";

    private static final AuditEvent.Outcome DONE = AuditEvent.Outcome.DONE;
    private static final AuditEvent.Outcome REFUSED = AuditEvent.Outcome.REFUSED;
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(5);
    private static final int CAPACITY = 10_000;

    private final AuditListener listener;
    private final InstantSource clock;
    private final RefusalFlood flood;
    private final RefusalFlood anonymous;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Known, Instant> told = new RecentlyUsed<>(CAPACITY);

    /** Who was let in, and from where. */
    private record Known(String subject, Optional<Object> client) {}

    /** Returns what tells a listener. Authenticators of one server share it: with {@link Logins}, take theirs. */
    public static LoginEvents of(AuditListener listener) {
        return new LoginEvents(listener, InstantSource.system());
    }

    LoginEvents(AuditListener listener, InstantSource clock) {
        this.listener = AuditListener.guarded(listener);
        this.clock = clock;
        this.flood = RefusalFlood.of(clock);
        this.anonymous = RefusalFlood.of(clock);
    }

    /**
     * Tells that an account was let in.
     *
     * @param from where the request comes from, see {@link RequestOrigin#of(RegistryRequest)}
     */
    public void accepted(Account account, AuditOrigin from) {
        accepted(account.subject(), account.caller(), credentials(account), from);
    }

    /**
     * Tells that a caller was let in.
     *
     * @param subject what names the credentials
     * @param credentials what kind they are of, as in {@link AuditOrigin#credentials()}
     * @param from where the request comes from, see {@link RequestOrigin#of(RegistryRequest)}
     */
    public void accepted(String subject, Caller caller, String credentials, AuditOrigin from) {
        if (isNew(new Known(subject, from.client().map(ClientNetwork::of)))) {
            tell(AuditEvent.Type.LOGIN, from.withCaller(caller.name(), credentials), "", "", DONE, "");
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
     * @param from where the request comes from, see {@link RequestOrigin#of(RegistryRequest)}
     */
    public void refused(String name, String credentials, String reason, AuditOrigin from) {
        OptionalLong before = flood.next(from.withCaller("", ""));
        if (before.isPresent()) {
            tell(
                    AuditEvent.Type.LOGIN_REFUSED,
                    from.withCaller(name, credentials),
                    "",
                    "",
                    REFUSED,
                    RefusalFlood.reason(reason, before.getAsLong()));
        }
    }

    /**
     * Tells that a token was issued. An account is absent for an anonymous caller, which is told as often as a login: once
     * for a client in five minutes; and for all clients as often as refusals.
     *
     * @param from where the request comes from, see {@link RequestOrigin#of(RegistryRequest)}
     */
    public void issued(Optional<Account> account, String scopes, AuditOrigin from) {
        if (account.isEmpty()
                && (!isNew(new Known("", from.client().map(ClientNetwork::of)))
                        || anonymous.next(from.withCaller("", "")).isEmpty())) {
            return;
        }
        AuditOrigin origin = from.withCaller(
                account.map(known -> known.caller().name()).orElse(""),
                account.map(LoginEvents::credentials).orElse(""));
        tell(AuditEvent.Type.TOKEN_ISSUED, origin, "", scopes, DONE, "");
    }

    /**
     * Tells, if a caller is let in by credentials that are not good for an access, that the server will refuse it.
     *
     * @return the caller, of whom the kind of the credentials is known from now on, if anybody is told of it
     */
    public Caller admitted(Caller caller, String credentials, RequestedAccess access, RegistryRequest request) {
        if (AuditListener.isNone(listener)) {
            return caller;
        }
        if (access.action() != RequestedAccess.Action.PING && !caller.isWithinLimit(access)) {
            tell(
                    AuditEvent.Type.ACCESS_REFUSED,
                    RequestOrigin.of(request).withCaller(caller.name(), credentials),
                    access.repository().map(RepositoryName::toString).orElse(""),
                    access.toString(),
                    REFUSED,
                    "the credentials are not good for this");
        }
        return caller.isAnonymous() || caller.attributes().containsKey(CREDENTIALS)
                ? caller
                : caller.toBuilder().attribute(CREDENTIALS, credentials).build();
    }

    private void tell(
            AuditEvent.Type type,
            AuditOrigin origin,
            String repository,
            String target,
            AuditEvent.Outcome outcome,
            String reason) {
        listener.on(new AuditEvent(clock.instant(), type, origin, repository, target, outcome, reason));
    }

    /**
     * Returns the kind of credentials that an account was found by, as in {@link AuditOrigin#credentials()}: what the
     * attribute {@code credentials} of its caller says, or the source that its subject begins with.
     */
    public static String credentials(Account account) {
        String known = account.caller().attributes().getOrDefault(CREDENTIALS, "");
        int colon = account.subject().indexOf(':');
        return !known.isEmpty()
                ? known
                : colon < 0 ? "password" : account.subject().substring(0, colon);
    }
}
