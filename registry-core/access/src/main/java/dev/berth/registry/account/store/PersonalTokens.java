package dev.berth.registry.account.store;

import dev.berth.registry.account.Account;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The personal tokens in the store: an object for each. Thread-safe. */
final class PersonalTokens {
    /** How many tokens a person may have. */
    static final int MOST = 100;

    static final String SUBJECT = "token:";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{20}");

    private final CachedObjects<TokenRecord> cache;
    private final StoredNames names;
    private final Owners owners;
    private final LastUses uses;
    private final InstantSource clock;

    PersonalTokens(ObjectStore store, AccountStoreOptions options, Owners owners, LastUses uses) {
        this.cache = CachedObjects.many(store, TokenRecord.FORMAT, options.clock(), options.cacheAge());
        this.names = new StoredNames(store);
        this.owners = owners;
        this.uses = uses;
        this.clock = options.clock();
    }

    CachedObjects<TokenRecord> cache() {
        return cache;
    }

    Optional<Account> authenticate(String owner, Secret secret) {
        return key(owner, Secret.id(secret.hash()))
                .flatMap(cache::get)
                .filter(token -> secret.hasHash(token.hash()))
                .flatMap(token -> account(owner, token));
    }

    Optional<Account> find(String subject) {
        int colon = subject.indexOf(':', SUBJECT.length());
        if (colon < 0) {
            return Optional.empty();
        }
        String owner = subject.substring(colon + 1);
        return key(owner, subject.substring(SUBJECT.length(), colon))
                .flatMap(cache::get)
                .flatMap(token -> account(owner, token));
    }

    /** Returns the key of a token, or empty if there cannot be one. */
    static Optional<ObjectKey> key(String owner, String id) {
        return ObjectNames.fits(owner) && ID.matcher(id).matches()
                ? Optional.of(ObjectNames.token(owner, id))
                : Optional.empty();
    }

    private Optional<Account> account(String owner, TokenRecord token) {
        Instant now = clock.instant();
        if (!token.owner().name().equals(owner) || token.purpose().isOverAt(now)) {
            return Optional.empty();
        }
        Optional<Account> account = owners.caller(token.owner())
                .map(caller -> new Account(caller(token, caller), SUBJECT + token.id() + ":" + owner, token.id()));
        account.ifPresent(used -> uses.add(token.id(), now));
        return account;
    }

    private static Caller caller(TokenRecord token, Caller owner) {
        return Limits.narrowed(owner, token.purpose().limit())
                .attribute(Limits.CREDENTIALS, "personal token")
                .attribute("personal token", token.id())
                .build();
    }

    /** Returns the tokens of a person, the newest one first. */
    List<PersonalToken> of(String owner) {
        return keys(owner).stream()
                .flatMap(key -> cache.get(key).stream())
                .filter(token -> !owners.isGone(token.owner()))
                .sorted((one, other) -> other.created().compareTo(one.created()))
                .map(token -> new PersonalToken(
                        token.id(),
                        token.owner().name(),
                        token.description(),
                        token.purpose().repositories(),
                        token.purpose().role(),
                        token.purpose().expires(),
                        uses.last(token.id())))
                .toList();
    }

    /** Returns the keys of the tokens of a person. There may be some more than allowed, since nobody counts and adds at once. */
    List<ObjectKey> keys(String owner) {
        return ObjectNames.fits(owner) ? names.below(ObjectNames.tokensOf(owner), 2 * MOST) : List.of();
    }

    /** Removes the tokens below the name of a person that have lost their owner. */
    void removeOrphans(String owner) {
        owners.refresh(owner);
        for (ObjectKey key : keys(owner)) {
            cache.getFresh(key).filter(token -> owners.isGone(token.owner())).ifPresent(orphan -> remove(key));
        }
    }

    boolean remove(ObjectKey key) {
        return cache.delete(key);
    }
}
