package dev.berth.registry.account.store;

import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.account.Account;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The robots in the store: an object for each. Thread-safe. */
final class Robots {
    /** How many robots an owner may have. */
    static final int MOST = 1_000;

    static final String SUBJECT = "robot:";

    private final CachedObjects<RobotRecord> cache;
    private final StoredNames names;
    private final Owners owners;
    private final LastUses uses;
    private final InstantSource clock;

    Robots(ObjectStore store, AccountStoreOptions options, Owners owners, LastUses uses) {
        this.cache = CachedObjects.many(store, RobotRecord.FORMAT, options.clock(), options.cacheAge());
        this.names = new StoredNames(store);
        this.owners = owners;
        this.uses = uses;
        this.clock = options.clock();
    }

    CachedObjects<RobotRecord> cache() {
        return cache;
    }

    Optional<Account> authenticate(String login, Secret secret) {
        Optional<RobotName> name = RobotName.parse(login);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey key = ObjectNames.robot(name.get());
        CachedObjects.Lookup<RobotRecord> known = cache.look(key);
        Optional<Account> account = known.value().flatMap(robot -> account(robot, kept -> secret.hasHash(kept.hash())));
        // Another process may just have made the secret.
        return account.isPresent() || known.fresh()
                ? account
                : cache.getFresh(key).flatMap(robot -> account(robot, kept -> secret.hasHash(kept.hash())));
    }

    /** Finds a robot by one of its secrets: what a token was issued for is gone with the secret. */
    Optional<Account> find(String subject) {
        int colon = subject.lastIndexOf(':');
        if (colon < SUBJECT.length()) {
            return Optional.empty();
        }
        String secret = subject.substring(colon + 1);
        return RobotName.parse(subject.substring(SUBJECT.length(), colon))
                .flatMap(name -> cache.get(ObjectNames.robot(name)))
                .flatMap(robot -> account(robot, kept -> kept.id().equals(secret)));
    }

    private Optional<Account> account(RobotRecord robot, Predicate<RobotRecord.KeptSecret> isGiven) {
        Instant now = clock.instant();
        Optional<RobotRecord.KeptSecret> secret = robot.secrets().stream()
                .filter(isGiven)
                .filter(kept -> kept.isGoodAt(now))
                .findFirst();
        if (secret.isEmpty() || robot.purpose().isOverAt(now)) {
            return Optional.empty();
        }
        Optional<Account> account = owners.caller(robot.owner())
                .map(owner -> new Account(
                        caller(robot, owner),
                        SUBJECT + robot.fullName() + ":" + secret.get().id(),
                        secret.get().id()));
        account.ifPresent(used -> uses.add(robot.id(), now));
        return account;
    }

    private static Caller caller(RobotRecord robot, Caller owner) {
        NameLimit limit = robot.purpose().limit();
        if (robot.owner().kind() == Owner.Kind.ORGANISATION) {
            NameSet own = NameSet.of(List.of(Model.repositoriesOf(robot.owner().name())));
            return Caller.builder(robot.fullName().toString())
                    .groups(owner.groups())
                    .attribute(Limits.CREDENTIALS, "robot")
                    .limit(new NameLimit(limit.repositories().and(own), limit.role()))
                    .build();
        }
        // A robot of a person has the rights of the person, so it has that name too.
        return Limits.narrowed(owner, limit)
                .attribute(Limits.CREDENTIALS, "robot")
                .attribute("robot", robot.fullName().toString())
                .build();
    }

    /** Returns the caller that a robot is now, whatever secret it uses; empty if it cannot log in. */
    Optional<Caller> caller(String login) {
        Instant now = clock.instant();
        return RobotName.parse(login)
                .flatMap(name -> cache.get(ObjectNames.robot(name)))
                .filter(robot -> !robot.purpose().isOverAt(now))
                .flatMap(robot -> owners.caller(robot.owner()).map(owner -> caller(robot, owner)));
    }

    Optional<Robot> get(String login) {
        return RobotName.parse(login)
                .flatMap(name -> cache.get(ObjectNames.robot(name)))
                .filter(robot -> !owners.isGone(robot.owner()))
                .map(this::shown);
    }

    /** Returns the robots of an owner, in order. */
    List<Robot> of(String owner) {
        return keys(owner).stream()
                .flatMap(key -> cache.get(key).stream())
                .filter(robot -> !owners.isGone(robot.owner()))
                .map(this::shown)
                .toList();
    }

    private Robot shown(RobotRecord robot) {
        Instant now = clock.instant();
        return new Robot(
                robot.fullName().toString(),
                robot.owner().name(),
                robot.purpose().repositories(),
                robot.purpose().role(),
                robot.purpose().expires(),
                (int) robot.secrets().stream()
                        .filter(secret -> secret.isGoodAt(now))
                        .count(),
                uses.last(robot.id()));
    }

    /** Returns the keys of the robots of an owner. */
    List<ObjectKey> keys(String owner) {
        return ObjectNames.fits(owner) ? names.below(ObjectNames.robotsOf(owner), MOST) : List.of();
    }

    /** Removes the robots below the name of an owner that have lost their owner. */
    void removeOrphans(String owner) {
        owners.refresh(owner);
        for (ObjectKey key : keys(owner)) {
            cache.getFresh(key)
                    .filter(robot -> owners.isGone(robot.owner()))
                    .ifPresent(orphan -> cache.change(
                            key,
                            found -> found.filter(orphan::equals).isPresent()
                                    ? Change.remove(true)
                                    : Change.keep(false)));
        }
    }
}
