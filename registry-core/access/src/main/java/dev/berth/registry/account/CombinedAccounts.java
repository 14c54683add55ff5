package dev.berth.registry.account;

import java.util.List;
import java.util.Optional;

/** The accounts of several sources. All are asked for each password, so that nobody finds out which source has a name. */
final class CombinedAccounts implements Accounts {
    private final List<Accounts> sources;

    CombinedAccounts(List<Accounts> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        for (Accounts source : sources) {
            Optional<Account> account = source.authenticate(name, password);
            if (account.isPresent()) {
                return account;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Account> find(String subject) {
        for (Accounts source : sources) {
            Optional<Account> account = source.find(subject);
            if (account.isPresent()) {
                return account;
            }
        }
        return Optional.empty();
    }
}
