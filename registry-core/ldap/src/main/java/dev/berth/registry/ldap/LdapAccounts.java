package dev.berth.registry.ldap;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The users of an LDAP directory.
 *
 * @since 0.1
 */
public final class LdapAccounts implements Accounts, AutoCloseable {
    private final LdapOptions options;

    private LdapAccounts(LdapOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Returns the users of a directory. It is not asked for anything yet.
     *
     * @throws IOException if the certificates cannot be read
     * @throws IllegalArgumentException if the content of the file of certificates is not valid
     */
    public static LdapAccounts open(LdapOptions options) throws IOException {
        return new LdapAccounts(options);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        throw new UnsupportedOperationException(options.toString());
    }

    @Override
    public Optional<Account> find(String subject) {
        throw new UnsupportedOperationException(options.toString());
    }

    /** Closes the connections. What is asked afterwards fails with {@code UNAVAILABLE}. */
    @Override
    public void close() {}
}
