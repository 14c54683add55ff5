package dev.berth.registry.account;

import dev.berth.registry.internal.credentials.CredentialKeys;
import dev.berth.registry.server.Caller;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts with fixed names and passwords. The passwords are kept as {@link CredentialKeys}, under a random key of this
 * object.
 */
final class PasswordAccounts implements Accounts {
    private static final String VERSION = "version of ";

    private final CredentialKeys keys = new CredentialKeys();
    private final Map<String, CredentialKeys.Key> passwords = new LinkedHashMap<>();
    private final CredentialKeys.Key unknown = keys.of("", "");

    PasswordAccounts(Map<String, String> passwords) {
        passwords.forEach((name, password) -> {
            if (name.isEmpty() || name.indexOf(':') >= 0 || password.isEmpty()) {
                throw new IllegalArgumentException(
                        "An account needs a name without a colon, and a password; this one has" + " the name '" + name
                                + "'");
            }
            this.passwords.put(name, keys.of(name, password));
        });
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        byte[] given = keys.of(name, password).hash().array();
        byte[] known = passwords.getOrDefault(name, unknown).hash().array();
        return MessageDigest.isEqual(given, known) ? find(name) : Optional.empty();
    }

    @Override
    public Optional<Account> find(String subject) {
        return Optional.ofNullable(passwords.get(subject))
                .map(password -> Account.of(Caller.named(subject), version(subject)));
    }

    @Override
    public boolean ownsName(String name) {
        return passwords.containsKey(name);
    }

    /** Is another one in each process, so that nobody can try out passwords with it. */
    private String version(String name) {
        return HexFormat.of().formatHex(keys.of(VERSION, name).hash().array(), 0, 16);
    }

    /** Returns the names. */
    @Override
    public String toString() {
        return "accounts of " + passwords.keySet();
    }
}
