package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    static final int MOST_FAILURES = 10;

    private final Accounts accounts;
    private final GuessLimit limit;

    private Logins(Accounts accounts, GuessLimit limit) {
        this.accounts = accounts;
        this.limit = limit;
    }

    /** Returns the logins of these accounts. */
    public static Logins of(Accounts accounts) {
        return of(accounts, InstantSource.system());
    }

    /** Returns the logins of these accounts, with a clock for the limits. */
    static Logins of(Accounts accounts, InstantSource clock) {
        return new Logins(Objects.requireNonNull(accounts, "accounts"), new GuessLimit(clock, MOST_FAILURES));
    }

    /**
     * Logs a caller in.
     *
     * @param address where the attempt comes from; empty if that is unknown
     * @return the account
     * @throws RegistryException with {@code UNAUTHORIZED}, without challenges, if the name is unknown or the password is
     *     wrong; with {@code TOOMANYREQUESTS} after too many wrong passwords; with {@code UNAVAILABLE} if the password
     *     cannot be verified now
     */
    public Account login(String name, String password, Optional<InetAddress> address) {
        GuessLimit.Attempt attempt = limit.attempt(name, address);
        limit.blockedFor(attempt).ifPresent(time -> {
            throw RegistryException.builder(RegistryError.of(
                            ErrorCode.TOOMANYREQUESTS, "Too many wrong passwords; try again in a minute"))
                    .retryAfter(time)
                    .build();
        });
        Optional<Account> account = accounts.authenticate(name, password);
        if (account.isEmpty()) {
            limit.failed(attempt, password);
            throw RegistryException.of(ErrorCode.UNAUTHORIZED, "The user name or the password is wrong");
        }
        return account.get();
    }

    /** Logs a caller in with the credentials of a request. */
    public Account login(BasicCredentials credentials, Optional<InetSocketAddress> client) {
        return login(
                credentials.name(),
                credentials.password(),
                client.flatMap(address -> Optional.ofNullable(address.getAddress())));
    }

    /** Returns the accounts. */
    public Accounts accounts() {
        return accounts;
    }
}
