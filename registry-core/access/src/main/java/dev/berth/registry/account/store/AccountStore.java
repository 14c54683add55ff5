package dev.berth.registry.account.store;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.objects.StoredJson;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PrefixedObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts in an {@link ObjectStore}, below {@code _berth/access/}: people with passwords, organisations, teams and grants,
 * robots and personal tokens. Several processes may use the same store at the same time. Thread-safe.
 *
 * <pre>{@code
 * AccountStore accounts = AccountStore.over(store);
 * accounts.changesBy("admin", AuditListener.none()).addPerson("alice", password);
 * Logins logins = Logins.of(accounts);
 * AccessPolicy policy = accounts.policy();
 * }</pre>
 *
 * <p><b>When a change counts.</b> In the process that makes it, with the next call. In others, what was read from the store
 * counts for five seconds at most, see {@link AccountStoreOptions.Builder#cacheAge}: a person, robot, personal token, team
 * or grant that was removed by another process is gone after that time. What was added is found at once; rights that were
 * given, after that time. Nothing else is cached but passwords that were right, by their hash, so that a changed one is
 * checked again.
 *
 * <p><b>What a call costs.</b> At most one read of each of: the object with all teams, organisations and grants; that of the
 * person; that of the personal token, or of the robots of one owner. It does not depend on the number of accounts. All
 * teams, organisations and grants together have 4 MiB at most. An owner has 1,000 robots and 100 personal tokens at most.
 *
 * <p><b>Whose rights.</b> A robot or a personal token has the rights that its owner has at the time of a request, within its
 * own patterns and role. A robot of an organisation acts in repositories of the organisation only, in which the
 * organisation may do everything. So nobody gives more than he has, and all of it ends with the owner.
 *
 * <p>A failure of the store, an object that is malformed and one of a newer format are {@code UNAVAILABLE}: nobody is let in
 * then, and nobody is told that a password is wrong.
 *
 * @since 0.1
 */
public final class AccountStore implements Accounts, AutoCloseable {
    private final AccountStoreOptions options;
    private final Models models;
    private final People people;
    private final Owners owners;
    private final LastUses uses;
    private final Robots robots;
    private final PersonalTokens tokens;

    private AccountStore(ObjectStore store, AccountStoreOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        ObjectStore objects = PrefixedObjectStore.of(store, KeyPrefix.of(StoredJson.ROOT));
        this.models = new Models(objects, options);
        this.people = new People(objects, options, models);
        this.owners = new Owners(people, models, options);
        this.uses = new LastUses(objects, options);
        this.robots = new Robots(objects, options, owners, uses);
        this.tokens = new PersonalTokens(objects, options, owners, uses);
    }

    /** Returns the accounts in a store, which is not closed with them. */
    public static AccountStore over(ObjectStore store) {
        return over(store, AccountStoreOptions.builder().build());
    }

    /** Returns the accounts in a store, which is not closed with them. */
    public static AccountStore over(ObjectStore store, AccountStoreOptions options) {
        return new AccountStore(Objects.requireNonNull(store, "store"), options);
    }

    /**
     * Verifies a password of a person, the secret of a robot, or a personal token.
     *
     * @param name the name of the person; or the owner of the robot, {@code +} and its name
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if the store cannot be read, or too many
     *     passwords are being checked
     */
    @Override
    public Optional<Account> authenticate(String name, String password) {
        if (!Secret.isMeant(password)) {
            return people.authenticate(name, password);
        }
        return Secret.parse(password).flatMap(secret -> switch (secret.kind()) {
            case ROBOT -> robots.authenticate(name, secret);
            case PERSONAL_TOKEN -> tokens.authenticate(name, secret);
        });
    }

    @Override
    public boolean isOwnSecret(String password) {
        return Secret.parse(password).isPresent();
    }

    /**
     * Returns an account as it is now.
     *
     * @param subject the name of a person; for a robot or a personal token, {@code robot:} or {@code token:} and what names
     *     the secret that was used: without it, the account is not found any more
     */
    @Override
    public Optional<Account> find(String subject) {
        if (subject.startsWith(Robots.SUBJECT)) {
            return robots.find(subject);
        }
        return subject.startsWith(PersonalTokens.SUBJECT) ? tokens.find(subject) : people.find(subject);
    }

    /** A person whose password another process has just set is found at once. */
    @Override
    public Optional<Account> find(String subject, String version) {
        Optional<Account> known =
                find(subject).filter(account -> account.version().equals(version));
        if (known.isPresent() || subject.indexOf(':') >= 0) {
            return known;
        }
        people.refresh(subject);
        return find(subject).filter(account -> account.version().equals(version));
    }

    /** Returns whether there is a person of this name, who may be disabled. */
    @Override
    public boolean ownsName(String name) {
        return people.isKnown(name);
    }

    /** Returns whether there is no person yet. */
    public boolean isEmpty() {
        return people("", 1).isEmpty();
    }

    /** Returns the policy that consists of the stored teams, organisations and grants as they are at each call. */
    public AccessPolicy policy() {
        return models;
    }

    /**
     * Returns teams and grants as they are now, with the grants that the roles in organisations stand for. An organisation
     * itself is the group {@code organisation:} and its name: that of its robots.
     */
    public Grants grants() {
        return models.current().policy();
    }

    /** Returns the grants as they were made, in their order, without those of organisations. */
    public List<Grant> storedGrants() {
        return List.copyOf(models.current().grants());
    }

    /**
     * Returns up to {@code limit} people after a name, in order.
     *
     * @param after a name, which need not exist; empty for the first people
     */
    public List<Person> people(String after, int limit) {
        return people.page(after, limit);
    }

    /** Returns a person. */
    public Optional<Person> person(String name) {
        return people.record(name).map(PersonRecord::shown);
    }

    /** Returns the organisations, in order. */
    public List<Organisation> organisations() {
        return models.current().organisations().entrySet().stream()
                .map(entry -> new Organisation(entry.getKey(), entry.getValue().members()))
                .toList();
    }

    /** Returns an organisation. */
    public Optional<Organisation> organisation(String name) {
        return Optional.ofNullable(models.current().organisations().get(name))
                .map(organisation -> new Organisation(name, organisation.members()));
    }

    /** Returns the teams with their members, in order. */
    public Map<String, Set<Grantee>> teams() {
        return models.current().teams();
    }

    /** Returns the robots of an owner, in order. */
    public List<Robot> robots(String owner) {
        return robots.of(owner);
    }

    /** Returns a robot by the name that it logs in with. */
    public Optional<Robot> robot(String name) {
        return robots.get(name);
    }

    /** Returns the caller that a robot is now, within its limits; empty if there is none, or it cannot log in. */
    public Optional<Caller> robotCaller(String name) {
        return robots.caller(name);
    }

    /** Returns the caller as whom robots and personal tokens act that are made for an owner now, without their limits. */
    public Optional<Caller> ownerCaller(String owner) {
        return owners.organisation(owner).or(() -> owners.person(owner)).flatMap(owners::caller);
    }

    /** Returns the personal tokens of a person, the newest one first. */
    public List<PersonalToken> personalTokens(String owner) {
        return tokens.of(owner);
    }

    /**
     * Returns what makes changes in the name of somebody. Whether he may is up to the caller.
     *
     * @param actor who, for the listener
     * @param listener is told each change
     */
    public AccountChanges changesBy(String actor, AuditListener listener) {
        return changesBy(AuditOrigin.ofCaller(actor), listener);
    }

    /**
     * Returns what makes changes in the name of somebody. Whether he may is up to the caller.
     *
     * @param actor who, and in which request, for the listener
     * @param listener is told each change
     */
    public AccountChanges changesBy(AuditOrigin actor, AuditListener listener) {
        ChangeEvents events = new ChangeEvents(
                Objects.requireNonNull(actor, "actor"), Objects.requireNonNull(listener, "listener"), options.clock());
        return new AccountChanges(
                new PersonChanges(people, models, robots, tokens, options, events),
                new ModelChanges(models, people, robots, options, events),
                new CredentialChanges(owners, robots, tokens, options, events));
    }

    /** Stores when robots and personal tokens were used last. Idempotent. Without it, half a minute of that is lost. */
    @Override
    public void close() {
        uses.write();
    }

    /** Returns a text without names of accounts. */
    @Override
    public String toString() {
        return "AccountStore";
    }
}
