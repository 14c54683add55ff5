package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.account.store.Robot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Robots: accounts for machines, which belong to an organisation or to a person. */
final class Robots {
    static final int MOST = 100;

    private static final Duration OLDER_SECRET = Duration.ofDays(1);
    private static final Duration LONGEST_ROTATION = Duration.ofDays(365);

    private final AccountStore store;
    private final Resources.Changes changes;
    private final InstantSource clock;

    Robots(AccountStore store, Resources.Changes changes, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("robots", this::list, "owner"),
                Route.post("robots", this::add, "owner", "name", "repositories", "role", "expires"),
                Route.delete("robots", this::remove, "name"),
                Route.post("robots/rotate", this::rotate, "name", "olderGoodForSeconds"));
    }

    private Answer list(Call call) {
        String owner = manageable(call, call.text("owner"));
        ObjectNode content = Answer.object();
        ArrayNode robots = content.putArray("robots");
        store.robots(owner).forEach(robot -> describe(robot, robots.addObject()));
        return Answer.of(content);
    }

    private static void describe(Robot robot, ObjectNode node) {
        node.put("name", robot.name()).put("owner", robot.owner());
        ArrayNode patterns = node.putArray("repositories");
        robot.repositories().forEach(pattern -> patterns.add(pattern.toString()));
        node.put("role", Call.word(robot.role()));
        robot.expires().ifPresent(time -> node.put("expires", time.toString()));
        node.put("secrets", robot.secrets());
        robot.lastUsed().ifPresent(time -> node.put("lastUsed", time.toString()));
    }

    private Answer add(Call call) {
        String owner = manageable(call, call.text("owner"));
        List<NamePattern> repositories = call.patterns("repositories");
        if (isOrganisation(owner)) {
            for (NamePattern pattern : repositories) {
                call.require(call.actor().administers(pattern), Actor.neededIn(pattern.toString()));
            }
        }
        if (store.robots(owner).size() >= MOST) {
            throw Fields.invalid("'" + owner + "' has " + MOST + " robots already; remove one first");
        }
        return secret(changes.by(call.actor())
                .addRobot(
                        owner,
                        call.text("name"),
                        repositories,
                        call.limitedRole("role"),
                        call.expiry("expires", clock)));
    }

    private Answer rotate(Call call) {
        String robot = manageableRobot(call);
        Duration olderGoodFor = call.seconds("olderGoodForSeconds", OLDER_SECRET, LONGEST_ROTATION);
        requireRobot(robot);
        NewSecret secret = changes.by(call.actor()).rotateRobot(robot, olderGoodFor);
        return secret(secret);
    }

    private Answer remove(Call call) {
        String robot = manageableRobot(call);
        if (!changes.by(call.actor()).removeRobot(robot)) {
            throw Call.missing("robot '" + robot + "'");
        }
        return Answer.done();
    }

    private void requireRobot(String name) {
        if (store.robots(owner(name)).stream().noneMatch(robot -> robot.name().equals(name))) {
            throw Call.missing("robot '" + name + "'");
        }
    }

    static Answer secret(NewSecret secret) {
        return Answer.created(Answer.object().put("account", secret.account()).put("secret", secret.secret()));
    }

    private String manageableRobot(Call call) {
        String robot = call.text("name");
        manageable(call, owner(robot));
        return robot;
    }

    /** Returns what stands before the plus. */
    private static String owner(String robot) {
        int plus = robot.indexOf('+');
        return plus < 0 ? robot : robot.substring(0, plus);
    }

    /** A person whose name is that of an organisation is no administrator of it for that. */
    private String manageable(Call call, String owner) {
        boolean own = call.actor().is(owner) && !isOrganisation(owner);
        call.require(
                own || call.actor().administersOrganisation(owner),
                "an administrator of the organisation '" + owner + "', or its owner");
        return owner;
    }

    private boolean isOrganisation(String name) {
        return store.organisations().stream()
                .anyMatch(organisation -> organisation.name().equals(name));
    }
}
