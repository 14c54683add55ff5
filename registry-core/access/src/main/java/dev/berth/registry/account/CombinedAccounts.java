package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The accounts of several sources. All are asked for each password, so that nobody finds out which source has a name; but a
 * secret that only one of them makes is shown to no other.
 */
final class CombinedAccounts implements Accounts {
    private final List<Accounts> sources;

    CombinedAccounts(List<Accounts> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        for (Accounts source : sources) {
            if (source.isOwnSecret(password)) {
                return source.authenticate(name, password);
            }
        }
        return first(source -> {
            Optional<Account> account = source.authenticate(name, password);
            account.filter(found -> isTaken(source, found)).ifPresent(taken -> {
                throw RegistryException.of(
                        ErrorCode.UNAUTHORIZED,
                        "This user name belongs to another account of this registry, so nobody else can log in by it");
            });
            return account;
        });
    }

    @Override
    public boolean isOwnSecret(String password) {
        return sources.stream().anyMatch(source -> source.isOwnSecret(password));
    }

    @Override
    public Optional<Account> find(String subject) {
        return first(source -> source.find(subject).filter(found -> !isTaken(source, found)));
    }

    /** The one with this version is found behind another one of the same name. */
    @Override
    public Optional<Account> find(String subject, String version) {
        return first(source -> source.find(subject, version).filter(found -> !isTaken(source, found)));
    }

    @Override
    public boolean ownsName(String name) {
        return sources.stream().anyMatch(source -> source.ownsName(name));
    }

    private boolean isTaken(Accounts source, Account account) {
        return source.isOutside() && ownsName(account.caller().name());
    }

    private Optional<Account> first(Function<Accounts, Optional<Account>> question) {
        for (Accounts source : sources) {
            Optional<Account> account = question.apply(source);
            if (account.isPresent()) {
                return account;
            }
        }
        return Optional.empty();
    }
}
