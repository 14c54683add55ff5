package dev.berth.registry.oidc;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/** Accounts of an OpenID Connect issuer. */
public final class OidcAccounts implements Accounts, AutoCloseable {
    private OidcAccounts() {}

    /** Opens, with logins that are remembered in memory. */
    public static OidcAccounts open(OidcOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Opens, with logins that are remembered in a store, for all servers over it. */
    public static OidcAccounts open(OidcOptions options, ObjectStore store) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Account> find(String subject) {
        throw new UnsupportedOperationException();
    }

    /** Ends the login of a caller: refresh tokens and personal tokens end with it. */
    public boolean logOut(String name) {
        throw new UnsupportedOperationException();
    }

    /** Returns an authenticator that takes tokens of the issuer as Bearer tokens, and leaves the rest to another one. */
    public Authenticator authenticator(Authenticator next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
