package dev.berth.registry.rights;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.server.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory: a name and a secret are an account, until it is removed. */
final class SecretAccounts implements Accounts {
    private final Map<String, Account> bySecret = new ConcurrentHashMap<>();

    void add(String name, String secret, Account account) {
        bySecret.put(name + ":" + secret, account);
    }

    void person(String name) {
        add(name, name + "'s password", Account.of(Caller.named(name), "1"));
    }

    void remove(String subject) {
        bySecret.values().removeIf(account -> account.subject().equals(subject));
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        return Optional.ofNullable(bySecret.get(name + ":" + password));
    }

    @Override
    public Optional<Account> find(String subject) {
        return bySecret.values().stream()
                .filter(account -> account.subject().equals(subject))
                .findFirst();
    }
}
