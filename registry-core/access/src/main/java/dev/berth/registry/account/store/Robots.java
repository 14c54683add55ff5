package dev.berth.registry.account.store;

import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.account.Account;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.server.Caller;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The robots in the store: an object for those of each owner. Thread-safe. */
final class Robots {
    /** How many robots an owner may have. */
    static final int MOST = 1_000;

    static final String SUBJECT = "robot:";

    private final CachedObjects<RobotSet> cache;
    private final Owners owners;
    private final LastUses uses;
    private final InstantSource clock;

    Robots(ObjectStore store, AccountStoreOptions options, Owners owners, LastUses uses) {
        this.cache = CachedObjects.many(store, RobotSet.FORMAT, options.clock(), options.cacheAge());
        this.owners = owners;
        this.uses = uses;
        this.clock = options.clock();
    }

    /** Changes the robots below the name of an owner. The object is gone with the last one. */
    <R> R change(String owner, Function<RobotSet, Change<RobotSet, R>> change) {
        return cache.change(ObjectNames.robots(owner), found -> {
            Change<RobotSet, R> wanted = change.apply(found.orElse(RobotSet.EMPTY));
            return wanted.value().filter(set -> set.all().isEmpty()).isPresent()
                    ? Change.remove(wanted.result())
                    : wanted;
        });
    }

    Optional<Account> authenticate(String login, Secret secret) {
        Optional<RobotName> name = RobotName.parse(login);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey key = ObjectNames.robots(name.get().owner());
        CachedObjects.Lookup<RobotSet> known = cache.look(key);
        Optional<Account> account = known.value().flatMap(set -> account(set, name.get(), secret));
        // Another process may just have made the secret.
        return account.isPresent() || known.fresh()
                ? account
                : cache.getFresh(key).flatMap(set -> account(set, name.get(), secret));
    }

    private Optional<Account> account(RobotSet set, RobotName name, Secret secret) {
        return set.find(name.name()).flatMap(robot -> account(robot, kept -> secret.hasHash(kept.hash())));
    }

    /** Finds a robot by one of its secrets: what a token was issued for is gone with the secret. */
    Optional<Account> find(String subject) {
        int colon = subject.lastIndexOf(':');
        if (colon < SUBJECT.length()) {
            return Optional.empty();
        }
        String secret = subject.substring(colon + 1);
        return RobotName.parse(subject.substring(SUBJECT.length(), colon))
                .flatMap(this::robotOf)
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
                .flatMap(this::robotOf)
                .filter(robot -> !robot.purpose().isOverAt(now))
                .flatMap(robot -> owners.caller(robot.owner()).map(owner -> caller(robot, owner)));
    }

    Optional<Robot> get(String login) {
        return RobotName.parse(login)
                .flatMap(this::robotOf)
                .filter(robot -> !owners.isGone(robot.owner()))
                .map(this::shown);
    }

    private Optional<RobotRecord> robotOf(RobotName name) {
        return cache.get(ObjectNames.robots(name.owner())).flatMap(set -> set.find(name.name()));
    }

    /** Returns the robots of an owner, in order. */
    List<Robot> of(String owner) {
        if (!ObjectNames.fits(owner)) {
            return List.of();
        }
        return cache.get(ObjectNames.robots(owner)).orElse(RobotSet.EMPTY).all().stream()
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

    /** Removes the robots below the name of an owner that have lost their owner. */
    void removeOrphans(String owner) {
        owners.refresh(owner);
        change(owner, set -> {
            RobotSet rest = set.without(robot -> owners.isGone(robot.owner()));
            return rest.all().size() < set.all().size() ? Change.write(rest, true) : Change.keep(false);
        });
    }
}
