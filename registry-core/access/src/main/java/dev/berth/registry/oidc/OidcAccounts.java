package dev.berth.registry.oidc;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.token.Algorithms;
import dev.berth.registry.internal.token.FetchedKeys;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.internal.token.KeyDownload;
import dev.berth.registry.internal.token.TokenVerifier;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of an OpenID Connect issuer. Whoever has an ID token or an access token (a signed JSON Web Token) of the
 * issuer logs in with it as the password, and with any user name:
 *
 * <pre>{@code
 * docker login -u anything -p "$TOKEN" registry.example.org
 * }</pre>
 *
 * <p>The caller is whom the token names, and has the groups of the token: {@code oidc:dev}. Each login replaces the groups of
 * the one before, unless its token is older. A login is remembered until its token expires, or for the
 * {@linkplain OidcOptions.Builder#session length of a session}: so long do the tokens of the own token service work, refresh
 * tokens included. Then the caller logs in again, with a token that is good then, and older refresh tokens stay worth nothing.
 * A login that is remembered in a store is known to every server over it within five seconds.
 *
 * <p>The keys of the issuer are found by its configuration. They are fetched again after 5 minutes, and when a token names a
 * key that is not known, though not twice within 30 seconds in vain. While the issuer is down, its known keys stay good; if
 * none are known, logins are refused with {@code UNAVAILABLE} within 8 seconds. Logins that are remembered do not need it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class OidcAccounts implements Accounts, AutoCloseable {
    private static final int LONGEST = 16 * 1024;
    private static final Duration LONG_SESSION = Duration.ofHours(1);
    private static final Duration LEEWAY = Duration.ofMinutes(1);

    private final OidcOptions options;
    private final KeyDownload download;
    private final TokenVerifier tokens;
    private final RememberedLogins logins;
    private final @Nullable OidcSignIn signIn;

    private OidcAccounts(OidcOptions options, KeyDownload download, ObjectStore store) {
        this.options = options;
        this.download = download;
        Discovery discovery = new Discovery(options.issuer(), download);
        FetchedKeys keys = new FetchedKeys("the issuer " + options.issuer(), discovery, options.clock());
        this.tokens = verifier(options.audience(), keys, options);
        this.logins = new RememberedLogins(store, options.issuer().toString(), options.clock());
        this.signIn = options.client()
                .map(client -> new OidcSignIn(
                        options,
                        client,
                        new Endpoints(discovery, options.clock()),
                        new CodeExchange(client, download),
                        verifier(client.id(), keys, options),
                        this::signedIn))
                .orElse(null);
        keys.prepare();
    }

    private static TokenVerifier verifier(String audience, FetchedKeys keys, OidcOptions options) {
        return new TokenVerifier(
                options.issuer().toString(), audience, keys, Algorithms.parse(options.algorithms()), options.clock());
    }

    /** Returns how people sign in with a browser, if the {@linkplain OidcOptions.Builder#signIn options} let them. */
    public Optional<OidcSignIn> signIn() {
        return Optional.ofNullable(signIn);
    }

    /** Whoever has just signed in with a browser stays so for longer than the token that says so is good. */
    private Account signedIn(Identity identity, Duration length) {
        return remember(
                        identity,
                        endOf(options.session().orElse(length), options.clock().instant()))
                .account();
    }

    /**
     * Returns the accounts, with logins that are remembered in memory. The keys are fetched in the background, so that a
     * server can start without the issuer.
     *
     * @throws IOException if the file with authorities cannot be read
     * @throws IllegalArgumentException if it has no certificates
     */
    public static OidcAccounts open(OidcOptions options) throws IOException {
        return open(options, MemoryObjectStore.create());
    }

    /**
     * Returns the accounts as {@link #open(OidcOptions)} does, with logins that are remembered in a store: for several
     * servers over the same store, and for the time after a restart.
     *
     * @param store the store, which is not closed with the accounts
     */
    public static OidcAccounts open(OidcOptions options, ObjectStore store) throws IOException {
        Objects.requireNonNull(store, "store");
        return new OidcAccounts(options, new KeyDownload(options.issuer(), options.authorities()), store);
    }

    /**
     * Logs a caller in.
     *
     * @param name any name: the token says who it is
     * @param password the token
     * @return the account, or empty if the password is no token of this issuer
     * @throws RegistryException with {@code UNAUTHORIZED} and the reason if it is one that is not good; with
     *     {@code UNAVAILABLE} if it cannot be verified or remembered now
     */
    @Override
    public Optional<Account> authenticate(String name, String password) {
        if (!isOfIssuer(password)) {
            return Optional.empty();
        }
        Identity identity;
        try {
            identity = identity(password);
        } catch (InvalidTokenException e) {
            throw RegistryException.of(ErrorCode.UNAUTHORIZED, refusal(e));
        }
        return Optional.of(remember(identity).account());
    }

    String refusal(InvalidTokenException e) {
        return "The token of " + options.issuer() + " is not good: " + e.reason();
    }

    private Login remember(Identity identity) {
        Instant now = options.clock().instant();
        return remember(
                identity, options.session().map(session -> endOf(session, now)).orElseGet(() -> endOf(identity, now)));
    }

    private Login remember(Identity identity, Instant until) {
        Instant now = options.clock().instant();
        try {
            return logins.update(
                    identity.name(),
                    known -> known.filter(login -> login.isOf(identity, now))
                            .map(login -> login.renewed(identity, until))
                            .orElseGet(() -> Login.begin(identity, until)));
        } catch (IOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The login cannot be remembered now; try again", e);
        }
    }

    /** Within a minute, all logins with a long session end at the same time, so that most of them write nothing. */
    private static Instant endOf(Duration session, Instant now) {
        Instant end = now.plus(session);
        return session.compareTo(LONG_SESSION) < 0 ? end : end.truncatedTo(ChronoUnit.MINUTES);
    }

    /** A token is good for a minute longer if clocks differ, and so is its login. */
    private static Instant endOf(Identity identity, Instant now) {
        return now.isBefore(identity.expires())
                ? identity.expires()
                : identity.expires().plus(LEEWAY);
    }

    @Override
    public Optional<Account> find(String subject) {
        if (!subject.startsWith(Login.SUBJECT_PREFIX)) {
            return Optional.empty();
        }
        try {
            return logins.find(subject.substring(Login.SUBJECT_PREFIX.length())).map(Login::account);
        } catch (IOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The logins cannot be read now; try again", e);
        }
    }

    @Override
    public boolean isOutside() {
        return true;
    }

    /**
     * Ends the login of a caller: what was issued for it is worth nothing any more, on this server at once and on others over
     * the same store within five seconds. A token of the issuer that is still good can begin another login.
     *
     * @param name the name of the caller
     * @return whether there was a login
     * @throws RegistryException with {@code UNAVAILABLE} if the store fails
     */
    public boolean logOut(String name) {
        try {
            return logins.remove(name);
        } catch (IOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The login cannot be ended now; try again", e);
        }
    }

    /**
     * Returns an authenticator that also takes tokens of the issuer as Bearer tokens, without a login, and leaves everything
     * else to another authenticator.
     */
    public Authenticator authenticator(Authenticator next) {
        return authenticator(next, LoginEvents.of(AuditListener.none()));
    }

    /** Returns an authenticator as {@link #authenticator(Authenticator)} does, which tells whom it lets in or refuses. */
    public Authenticator authenticator(Authenticator next, LoginEvents events) {
        return authenticator(next, events, name -> false);
    }

    /**
     * Returns an authenticator as {@link #authenticator(Authenticator, LoginEvents)} does, beside other accounts.
     *
     * @param taken whether a name of a caller is that of another account, as {@link Accounts#ownsName} says
     */
    public Authenticator authenticator(Authenticator next, LoginEvents events, Predicate<String> taken) {
        return new OidcAuthenticator(
                this,
                Objects.requireNonNull(next, "next"),
                Objects.requireNonNull(events, "events"),
                Objects.requireNonNull(taken, "taken"));
    }

    /** Returns whether a text says that it is a token of the issuer. That is not verified. */
    boolean isOfIssuer(String text) {
        int first = text.indexOf('.');
        int last = text.lastIndexOf('.');
        if (text.length() > LONGEST || first <= 0 || text.indexOf('.', first + 1) != last) {
            return false;
        }
        try {
            Map<String, Object> claims =
                    JSONObjectUtils.parse(new Base64URL(text.substring(first + 1, last)).decodeToString());
            return options.issuer().toString().equals(claims.get("iss"));
        } catch (ParseException | RuntimeException e) {
            return false;
        }
    }

    /** Returns the caller of a token that is good now. */
    Caller caller(String token) throws InvalidTokenException {
        Identity identity = identity(token);
        return Caller.builder(identity.name()).groups(identity.groups()).build();
    }

    private Identity identity(String token) throws InvalidTokenException {
        return Identity.of(tokens.verify(token), options);
    }

    /** Ends the connections to the issuer. */
    @Override
    public void close() {
        download.close();
    }
}
