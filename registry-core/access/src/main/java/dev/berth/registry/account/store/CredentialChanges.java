package dev.berth.registry.account.store;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Change;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes robots and personal tokens. Thread-safe. */
final class CredentialChanges {
    private static final Duration LONGEST_ROTATION = Duration.ofDays(365);
    private static final int LONGEST_DESCRIPTION = 200;

    private final Owners owners;
    private final Robots robots;
    private final PersonalTokens tokens;
    private final InstantSource clock;
    private final ChangeEvents events;
    private final SecureRandom random = new SecureRandom();

    CredentialChanges(
            Owners owners, Robots robots, PersonalTokens tokens, AccountStoreOptions options, ChangeEvents events) {
        this.owners = owners;
        this.robots = robots;
        this.tokens = tokens;
        this.clock = options.clock();
        this.events = events;
    }

    NewSecret addRobot(String ownerName, String name, Purpose purpose) {
        AccountNames.requireRobot(name);
        Instant now = clock.instant();
        purpose.requireUsable(now);
        owners.refresh(ownerName);
        Owner owner = owners.organisation(ownerName)
                .or(() -> owners.person(ownerName))
                .orElseThrow(() -> AccountNames.missing(
                        "There is no organisation and no person '" + JsonObject.printable(ownerName) + "'"));
        requireOwnRepositories(owner, purpose.repositories());
        RobotName fullName = new RobotName(ownerName, name);
        Secret secret = Secret.generate(Secret.Kind.ROBOT, random);
        RobotRecord robot = new RobotRecord(
                name,
                UUID.randomUUID().toString(),
                owner,
                now,
                purpose,
                List.of(new RobotRecord.KeptSecret(secret.hash(), Optional.empty())));
        robots.change(ownerName, set -> Change.write(added(set, robot), true));
        events.changed(target(fullName), "robot added: " + described(purpose));
        return new NewSecret(fullName.toString(), secret.text());
    }

    private RobotSet added(RobotSet set, RobotRecord robot) {
        // What an owner of the same name has left does not count.
        RobotSet others = set.without(other -> owners.isGone(other.owner()));
        if (others.find(robot.name()).isPresent()) {
            throw AccountNames.exists("There is a robot '" + robot.fullName() + "' already");
        }
        if (others.all().size() >= Robots.MOST) {
            throw AccountNames.invalid("'" + robot.owner().name() + "' has " + Robots.MOST
                    + " robots, which is the limit; remove one first");
        }
        return others.with(robot);
    }

    private static void requireOwnRepositories(Owner owner, List<NamePattern> repositories) {
        if (owner.kind() != Owner.Kind.ORGANISATION) {
            return;
        }
        NamePattern own = Model.repositoriesOf(owner.name());
        for (NamePattern pattern : repositories) {
            if (!own.includes(pattern)) {
                throw AccountNames.invalid("A robot of the organisation '" + owner.name()
                        + "' is for its repositories, " + own + "; this is none of them: " + pattern);
            }
        }
    }

    NewSecret rotateRobot(String robot, Duration olderStaysGoodFor) {
        if (olderStaysGoodFor.isNegative() || olderStaysGoodFor.compareTo(LONGEST_ROTATION) > 0) {
            throw AccountNames.invalid("The older secret stays good for 0 to " + LONGEST_ROTATION.toDays()
                    + " days, not for " + olderStaysGoodFor);
        }
        Optional<RobotName> name = RobotName.parse(robot);
        name.ifPresent(known -> owners.refresh(known.owner()));
        Secret secret = Secret.generate(Secret.Kind.ROBOT, random);
        Instant until = clock.instant().plus(olderStaysGoodFor);
        boolean rotated = name.isPresent()
                && robots.change(
                        name.get().owner(),
                        set -> set.find(name.get().name())
                                .filter(known -> !owners.isGone(known.owner()))
                                .map(known ->
                                        Change.<RobotSet, Boolean>write(set.with(known.rotated(secret, until)), true))
                                .orElseGet(() -> Change.keep(false)));
        if (!rotated) {
            throw AccountNames.missing("There is no robot '" + JsonObject.printable(robot) + "'");
        }
        events.changed(target(name.get()), "secret of the robot rotated; the one before is good until " + until);
        return new NewSecret(name.get().toString(), secret.text());
    }

    boolean removeRobot(String robot) {
        Optional<RobotName> name = RobotName.parse(robot);
        boolean removed = name.isPresent()
                && robots.change(
                        name.get().owner(),
                        set -> set.find(name.get().name())
                                .map(known -> Change.<RobotSet, Boolean>write(set.without(known::equals), true))
                                .orElseGet(() -> Change.keep(false)));
        if (removed) {
            events.changed(target(name.get()), "robot removed");
        }
        return removed;
    }

    NewSecret addPersonalToken(String ownerName, String description, Purpose purpose) {
        Instant now = clock.instant();
        purpose.requireUsable(now);
        if (description.length() > LONGEST_DESCRIPTION || description.chars().anyMatch(Character::isISOControl)) {
            throw AccountNames.invalid("The description of a personal token has at most " + LONGEST_DESCRIPTION
                    + " characters and no control character");
        }
        owners.refresh(ownerName);
        Owner owner = owners.person(ownerName)
                .orElseThrow(
                        () -> AccountNames.missing("There is no person '" + JsonObject.printable(ownerName) + "'"));
        if (tokens.keys(ownerName).size() >= PersonalTokens.MOST) {
            throw AccountNames.invalid("'" + ownerName + "' has " + PersonalTokens.MOST
                    + " personal tokens, which is the limit; remove one first");
        }
        Secret secret = Secret.generate(Secret.Kind.PERSONAL_TOKEN, random);
        TokenRecord token = new TokenRecord(owner, description, now, purpose, secret.hash());
        tokens.cache().change(ObjectNames.token(ownerName, token.id()), found -> Change.write(token, true));
        events.changed(target(ownerName, token.id()), "personal token added: " + described(purpose));
        return new NewSecret(token.id(), secret.text());
    }

    boolean removePersonalToken(String owner, String id) {
        boolean removed = PersonalTokens.key(owner, id).filter(tokens::remove).isPresent();
        if (removed) {
            events.changed(target(owner, id), "personal token removed");
        }
        return removed;
    }

    private static String described(Purpose purpose) {
        return purpose.role() + " in " + purpose.repositories()
                + purpose.expires().map(end -> " until " + end).orElse("");
    }

    private static String target(RobotName robot) {
        return "robot:" + robot;
    }

    private static String target(String owner, String id) {
        return "token:" + id + " of " + owner;
    }
}
