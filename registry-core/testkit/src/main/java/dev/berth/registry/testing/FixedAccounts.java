package dev.berth.registry.testing;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.server.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** A fixed list of users with their passwords, for tests. Immutable. */
final class FixedAccounts implements Accounts {
    private final Map<String, String> passwords;

    FixedAccounts(Map<String, String> passwords) {
        this.passwords = Map.copyOf(passwords);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        return find(name)
                .filter(account -> MessageDigest.isEqual(bytes(passwords.getOrDefault(name, "")), bytes(password)));
    }

    @Override
    public Optional<Account> find(String subject) {
        return passwords.containsKey(subject) ? Optional.of(Account.of(Caller.named(subject), "1")) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a text without passwords. */
    @Override
    public String toString() {
        return "FixedAccounts of " + passwords.size() + " users";
    }
}
