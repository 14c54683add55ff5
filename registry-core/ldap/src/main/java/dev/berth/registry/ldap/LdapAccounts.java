package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.internal.credentials.CredentialKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The users of an LDAP directory, or of Active Directory. Thread-safe.
 *
 * <p>A caller has the name that the directory has for it, whatever was typed, and the groups {@code ldap:name}. The
 * subject of an account is {@code ldap:} and its name. Its version changes with the password if the directory shows when
 * that was changed ({@code pwdChangedTime}, {@code pwdLastSet}, {@code krbLastPwdChange}), otherwise with any change of the
 * entry that it shows ({@code entryCSN}, {@code modifyTimestamp}), and when the entry is made anew.
 *
 * <p>The directory is asked about an account, and all groups are replaced, when what is known is older than
 * {@link LdapOptions.Builder#fresh}: so long a removed user or membership still counts. A right password is not sent to
 * it again within {@link LdapOptions.Builder#passwordAge}, unless the account has changed. A wrong one is not sent again for
 * two seconds, since clients try it in several ways, and directories lock accounts. Empty passwords, which many
 * directories accept from anybody, are never sent.
 *
 * <p>While the directory does not answer, who is known can go on for {@link LdapOptions.Builder#outage}. Others get
 * {@code UNAVAILABLE}, not that their password is wrong, within {@link LdapOptions.Builder#deadline}.
 *
 * <p>An unknown name takes the steps of a wrong password: a search and a login. What can still be told apart is how long
 * the directory itself takes for a login to an entry that does not exist.
 *
 * @since 0.1
 */
public final class LdapAccounts implements Accounts, AutoCloseable {
    private static final Duration REFUSAL = Duration.ofSeconds(2);

    private final CacheAges ages;
    private final InstantSource clock;
    private final Duration longest;
    private final String userBase;
    private final Directory directory;
    private final UserLookup users;
    private final AccountCache cache = new AccountCache();
    private final SingleFlight<CredentialKeys.Key, Optional<Account>> logins = new SingleFlight<>();
    private final SingleFlight<String, Optional<Account>> lookups = new SingleFlight<>();

    private LdapAccounts(LdapOptions options) throws IOException {
        Settings settings = options.settings();
        this.ages = settings.ages();
        this.clock = settings.clock();
        this.longest = settings.limits().deadline();
        this.userBase = settings.users().base();
        this.directory = new Directory(settings);
        this.users = new UserLookup(settings, new Complaints(clock));
    }

    /**
     * Returns the users of a directory. It is not asked for anything yet: it may be down.
     *
     * @throws IOException if the certificates cannot be read
     * @throws IllegalArgumentException if the content of the file of certificates is not valid
     */
    public static LdapAccounts open(LdapOptions options) throws IOException {
        return new LdapAccounts(options);
    }

    /**
     * Returns why nobody can log in now, for whoever starts a server: the directory does not answer, refuses the search
     * identity, or has no user base. Empty if all is well. Contains no password.
     */
    public Optional<String> problem() {
        try {
            directory.ask(
                    session -> session.search(
                            userBase, SearchScope.BASE, Filter.createPresenceFilter("objectClass"), 1, "1.1"),
                    Deadline.in(longest));
            return Optional.empty();
        } catch (RegistryException e) {
            Throwable cause = e.getCause();
            return Optional.of(String.valueOf((cause == null ? e : cause).getMessage()));
        }
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        // A directory that takes a zero for the end of a password would see an empty one.
        if (password.isEmpty() || password.indexOf('\0') >= 0 || !TypedName.isPossible(name)) {
            return Optional.empty();
        }
        Deadline deadline = Deadline.in(longest);
        CredentialKeys.Key key = cache.key(name, password);
        AccountCache.Login known = cache.login(key);
        if (known != null && isWithin(known.asked(), ages.password())) {
            Optional<Account> now = current(known, deadline);
            if (now.isPresent()) {
                return now;
            }
        }
        if (cache.refused(key).filter(time -> isWithin(time, REFUSAL)).isPresent()) {
            return Optional.empty();
        }
        try {
            return logins.get(key, deadline, () -> login(key, name, password, deadline));
        } catch (RegistryException e) {
            if (known != null && isWithin(known.asked(), ages.password().plus(ages.outage()))) {
                Optional<Account> now = current(known, deadline);
                if (now.isPresent()) {
                    return now;
                }
            }
            throw e;
        }
    }

    /** Returns the account of a login as it is now, if its password is still the same. */
    private Optional<Account> current(AccountCache.Login known, Deadline deadline) {
        return find(known.account().subject(), deadline).filter(now -> !known.isOutdatedBy(now));
    }

    private Optional<Account> login(CredentialKeys.Key key, String name, String password, Deadline deadline) {
        Instant asked = clock.instant();
        Optional<Account> account = directory.ask(session -> users.login(session, name, password), deadline);
        cache.put(key, account, asked);
        account.ifPresent(known -> cache.put(known.subject(), new AccountCache.Known(account, asked)));
        return account;
    }

    @Override
    public Optional<Account> find(String subject) {
        return find(subject, Deadline.in(longest));
    }

    @Override
    public boolean isOutside() {
        return true;
    }

    private Optional<Account> find(String subject, Deadline deadline) {
        if (!subject.startsWith(UserLookup.PREFIX)) {
            return Optional.empty();
        }
        String name = subject.substring(UserLookup.PREFIX.length());
        if (!TypedName.isPossible(name)) {
            return Optional.empty();
        }
        AccountCache.Known known = cache.account(subject);
        if (known != null && isWithin(known.asked(), ages.fresh())) {
            return known.account();
        }
        try {
            return lookups.get(subject, deadline, () -> lookUp(subject, name, deadline));
        } catch (RegistryException e) {
            if (known != null && isWithin(known.asked(), ages.outage())) {
                return known.account();
            }
            throw e;
        }
    }

    private Optional<Account> lookUp(String subject, String name, Deadline deadline) {
        Instant asked = clock.instant();
        Optional<Account> account = directory.ask(session -> users.find(session, name), deadline);
        cache.put(subject, new AccountCache.Known(account, asked));
        return account;
    }

    private boolean isWithin(Instant since, Duration age) {
        // A clock that was set back makes nothing younger.
        return Duration.between(since, clock.instant()).abs().compareTo(age) < 0;
    }

    /** Closes the connections. What is asked afterwards fails with {@code UNAVAILABLE}. */
    @Override
    public void close() {
        directory.close();
    }
}
