package dev.berth.registry.session;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Logins;
import dev.berth.registry.internal.browser.BrowserCookie;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.storage.ObjectStore;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of browsers, in an {@link ObjectStore} below {@code _berth/access/sessions/}: every server over it knows them.
 * Thread-safe.
 *
 * <p>A session begins with a name and a password, or a personal token, or in another way that has found the account. At each
 * request it is looked whether the account is still there with the same credentials: a changed password, a disabled account
 * and a revoked token end the session. What another server has changed counts after five seconds at most. The session has the
 * limit of the credentials that it began with. It ends when it was not used for a while, and after its lifetime, see
 * {@link SessionOptions}.
 *
 * <p>The browser has a secret of 256 random bits in a cookie that no script can read; the store has its hash. Under TLS the
 * cookie is sent under TLS only, and one that was set without is not taken. Every sign-in makes a new secret. With the cookie
 * alone a request reads; to change something it needs {@link OpenSession#formToken()} too, and must not come from a page of
 * somebody else.
 *
 * @since 0.1
 */
public final class Sessions {
    /** The header field with which a page of a session sends its {@link OpenSession#formToken()}. */
    public static final String FORM_FIELD = "X-Berth-Form";

    /** The attribute of a caller that names the kind of its credentials. */
    static final String CREDENTIALS = "credentials";

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String COOKIE = "berth_session";
    private static final Duration MOST_COARSE = Duration.ofMinutes(5);

    /** So long after a sign-in another server may not know yet of the account what this one does. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Logins logins;
    private final SessionOptions options;
    private final SessionStore store;
    private final Broom broom;
    private final BrowserCookie cookie;
    private final Duration coarse;
    private final SecureRandom random = new SecureRandom();

    private Sessions(ObjectStore store, Logins logins, SessionOptions options) {
        this.logins = Objects.requireNonNull(logins, "logins");
        this.options = Objects.requireNonNull(options, "options");
        this.store = new SessionStore(Objects.requireNonNull(store, "store"), options);
        this.broom = new Broom(this.store);
        this.cookie = new BrowserCookie(COOKIE, options.path());
        Duration quarter = options.idle().dividedBy(4);
        this.coarse = quarter.compareTo(MOST_COARSE) < 0 ? quarter : MOST_COARSE;
    }

    /**
     * Returns the sessions in a store, which is not closed with them.
     *
     * @param logins those of the server, so that its limits for guessing hold here too
     */
    public static Sessions over(ObjectStore store, Logins logins, SessionOptions options) {
        return new Sessions(store, logins, options);
    }

    /**
     * Begins a session with a name and a password, or a personal token. The session that the request has ends.
     *
     * @throws RegistryException as {@link Logins#login} does; with {@code DENIED} for robots, which do not sign in
     */
    public NewSession signIn(String name, String password, RegistryRequest request) {
        return begin(logins.login(name, password, RequestOrigin.of(request)), request);
    }

    /**
     * Begins a session of an account that was found in another way. The session that the request has ends.
     *
     * @throws RegistryException with {@code UNAUTHORIZED} if the accounts of the server have no such account
     */
    public NewSession signIn(Account account, RegistryRequest request) {
        if (logins.accounts().find(account.subject(), account.version()).isEmpty()) {
            logins.events()
                    .refused(
                            account.caller().name(),
                            "session",
                            "the user name belongs to another account",
                            RequestOrigin.of(request));
            throw RegistryException.of(
                    ErrorCode.UNAUTHORIZED,
                    "The user name belongs to another account of this registry, so nobody else can sign in by it");
        }
        logins.events().accepted(account, RequestOrigin.of(request));
        return begin(account, request);
    }

    private NewSession begin(Account account, RegistryRequest request) {
        if ("robot".equals(account.caller().attributes().get(CREDENTIALS))) {
            throw RegistryException.of(
                    ErrorCode.DENIED, "Robots do not sign in here; sign in with a name of your own and its password");
        }
        end(request);
        Instant now = options.clock().instant();
        SessionSecret secret = SessionSecret.generate(account.caller().name(), random);
        SessionRecord session = SessionRecord.begin(
                secret.hash(),
                account,
                now,
                request.remoteAddress()
                        .map(InetSocketAddress::getAddress)
                        .map(address -> address.getHostAddress())
                        .orElse(""),
                BrowserName.of(request.header("User-Agent").orElse("")));
        store.change(secret.key(), now, set -> set.with(session, options.mostOfOne()));
        broom.sweepSome(now);
        return new NewSession(account, session.shown(options), cookie.set(secret.cookie(), request.secure()));
    }

    /**
     * Returns the session of a request, if it has one that is good now.
     *
     * @throws RegistryException with {@code UNAVAILABLE} if that is not known now
     */
    public Optional<OpenSession> find(RegistryRequest request) {
        Optional<SessionSecret> secret = secret(request);
        Optional<SessionRecord> session = secret.flatMap(store::find);
        Instant now = options.clock().instant();
        if (session.filter(found -> !found.isOverAt(now, options)).isEmpty()) {
            return Optional.empty();
        }
        SessionRecord found = session.get();
        Optional<Account> account = logins.accounts().find(found.subject(), found.version());
        if (account.isEmpty()) {
            if (found.isOlderThan(SETTLED, now)) {
                // Somebody who is let in again later begins a new one.
                store.change(
                        secret.get().key(),
                        now,
                        set -> set.without(each -> each.hash().equals(found.hash())));
            }
            return Optional.empty();
        }
        if (found.used().plus(coarse).isBefore(now)) {
            notice(secret.get(), found, now);
        }
        return Optional.of(new OpenSession(
                found.shown(options), account.get(), secret.get().formToken()));
    }

    private void notice(SessionSecret secret, SessionRecord session, Instant now) {
        try {
            store.change(secret.key(), now, set -> set.used(session, now));
        } catch (RegistryException e) {
            LOG.warn("The use of a session cannot be noticed for now: {}", e.getMessage());
        }
    }

    private Optional<SessionSecret> secret(RegistryRequest request) {
        return cookie.find(request).flatMap(SessionSecret::parse);
    }

    /**
     * Ends the session of a request, if it has one.
     *
     * @return the value of {@code Set-Cookie} that takes the cookie away from the browser
     * @throws RegistryException with {@code UNAVAILABLE} if the store fails: then the session goes on
     */
    public String signOut(RegistryRequest request) {
        end(request);
        return cookie.remove(request.secure());
    }

    private void end(RegistryRequest request) {
        secret(request)
                .filter(secret -> store.find(secret).isPresent())
                .ifPresent(secret -> store.change(
                        secret.key(),
                        options.clock().instant(),
                        set -> set.without(each -> secret.hasHash(each.hash()))));
    }

    /** Returns the sessions of a person that have not expired, the newest one first. */
    public List<Session> of(String person) {
        return store.of(SessionSecret.keyOf(person), options.clock().instant()).stream()
                .map(session -> session.shown(options))
                .toList();
    }

    /** Ends a session of a person, and returns whether there was one. */
    public boolean end(String person, String id) {
        return store.change(
                        SessionSecret.keyOf(person),
                        options.clock().instant(),
                        set -> set.without(each -> each.id().equals(id)))
                > 0;
    }

    /**
     * Ends all sessions of a person but one.
     *
     * @param kept the id of the session that goes on; empty if none does
     * @return how many have ended
     */
    public int endOthers(String person, String kept) {
        return store.change(
                SessionSecret.keyOf(person),
                options.clock().instant(),
                set -> set.without(each -> !each.id().equals(kept)));
    }

    /** Returns the id of the session that a caller has made a request with, if it was done so. */
    public static Optional<String> idOf(Caller caller) {
        return Optional.ofNullable(caller.attributes().get(OpenSession.ATTRIBUTE));
    }

    /** Removes what the store has of sessions that have expired. A little of that is done with each sign-in as well. */
    public void sweep() {
        broom.sweepAll(options.clock().instant());
    }

    /**
     * Returns an authenticator that also takes the cookies of sessions, for handlers beside the API of images and never for
     * that, and leaves everything else to another authenticator.
     */
    public Authenticator authenticator(Authenticator next) {
        return new SessionAuthenticator(this, Objects.requireNonNull(next, "next"));
    }
}
