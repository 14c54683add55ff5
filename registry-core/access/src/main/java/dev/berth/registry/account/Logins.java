package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.server.basic.BasicCredentials;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs callers in by name and password, and limits guessing. Whatever takes passwords shares one of these: Basic
 * authentication and the token service. Thread-safe.
 *
 * <p>After {@value #MOST_FAILURES} wrong passwords for a name from an address within a minute, further attempts for this
 * name from this address are refused until the minute is over. Nobody else is locked out, nor the same name elsewhere.
 * The same wrong password counts once, since clients try it several times in different ways.
 *
 * @since 0.1
 */
public final class Logins {
    private static final String PASSWORD = "password";
    static final int MOST_FAILURES = 10;

    /** Longer names are those of nobody. */
    static final int LONGEST_NAME = 255;

    private final Accounts accounts;
    private final GuessLimit limit;
    private final LoginEvents events;

    private Logins(Accounts accounts, GuessLimit limit, LoginEvents events) {
        this.accounts = accounts;
        this.limit = limit;
        this.events = events;
    }

    /** Returns the logins of these accounts. */
    public static Logins of(Accounts accounts) {
        return of(accounts, AuditListener.none());
    }

    /**
     * Returns the logins of these accounts.
     *
     * @param listener is told who was let in and who was refused, also by tokens
     */
    public static Logins of(Accounts accounts, AuditListener listener) {
        return of(accounts, listener, InstantSource.system());
    }

    /** Returns the logins of these accounts, with a clock for the limits. */
    static Logins of(Accounts accounts, AuditListener listener, InstantSource clock) {
        return new Logins(
                Objects.requireNonNull(accounts, "accounts"),
                new GuessLimit(clock, MOST_FAILURES),
                new LoginEvents(listener, clock));
    }

    /**
     * Logs a caller in.
     *
     * @param from where the attempt comes from
     * @return the account
     * @throws RegistryException with {@code UNAUTHORIZED}, without challenges, if the name is unknown or the password is
     *     wrong; with {@code TOOMANYREQUESTS} after too many wrong passwords; with {@code UNAVAILABLE} if the password
     *     cannot be verified now
     */
    public Account login(String name, String password, AuditOrigin from) {
        GuessLimit.Attempt attempt = limit.attempt(name, from.client());
        limit.blockedFor(attempt).ifPresent(time -> {
            events.refused(name, PASSWORD, "too many wrong passwords", from);
            throw RegistryException.builder(RegistryError.of(
                            ErrorCode.TOOMANYREQUESTS, "Too many wrong passwords; try again in a minute"))
                    .retryAfter(time)
                    .build();
        });
        Optional<Account> account;
        try {
            account = isName(name) ? accounts.authenticate(name, password) : Optional.empty();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAUTHORIZED) {
                // A token, which nobody guesses.
                events.refused(name, PASSWORD, String.valueOf(e.getMessage()), from);
            }
            throw e;
        }
        if (account.isEmpty()) {
            // What nobody guesses costs nothing, so it must not push out guesses that are counted.
            if (isName(name) && !accounts.isOwnSecret(password)) {
                limit.failed(attempt, password);
            }
            events.refused(name, PASSWORD, "the name is unknown or the password is wrong", from);
            throw RegistryException.of(ErrorCode.UNAUTHORIZED, "The user name or the password is wrong");
        }
        events.accepted(account.get(), from);
        return account.get();
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Logs a caller in with the credentials of a request.
     *
     * @param from where the request comes from, see
     *     {@link dev.berth.registry.access.RequestOrigin#of(dev.berth.registry.server.RegistryRequest)}
     */
    public Account login(BasicCredentials credentials, AuditOrigin from) {
        return login(credentials.name(), credentials.password(), from);
    }

    /** Returns what tells the listener, for authenticators of further kinds. */
    public LoginEvents events() {
        return events;
    }

    /** Returns the accounts. */
    public Accounts accounts() {
        return accounts;
    }
}
