package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.account.store.Robot;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Robots: accounts for machines, which belong to an organisation or to a person. */
final class Robots {
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
        node.put("role", Words.of(robot.role()));
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
        } else {
            call.requireSame(store.ownerCaller(owner));
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
        if (!isOrganisation(owner(robot))) {
            call.requireSame(store.robotCaller(robot));
        }
        Duration olderGoodFor = call.seconds("olderGoodForSeconds", OLDER_SECRET, LONGEST_ROTATION);
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

    static Answer secret(NewSecret secret) {
        return Answer.created(Answer.object().put("account", secret.account()).put("secret", secret.secret()));
    }

    private String manageableRobot(Call call) {
        String robot = call.text("name");
        manageable(call, owner(robot));
        return robot;
    }

    /** Returns what stands before the last plus: an owner from a directory may have one in the name. */
    private static String owner(String robot) {
        int plus = robot.lastIndexOf('+');
        return plus < 0 ? robot : robot.substring(0, plus);
    }

    /**
     * A person whose name is that of an organisation is no administrator of it for that; and who administers repositories
     * below the name of a person is not that person.
     */
    private String manageable(Call call, String owner) {
        boolean permitted = isOrganisation(owner)
                ? call.actor().administersOrganisation(owner)
                : call.actor().is(owner) || call.actor().isAdministrator();
        call.require(permitted, "an administrator of the organisation '" + owner + "', or its owner");
        return owner;
    }

    private boolean isOrganisation(String name) {
        return store.organisation(name).isPresent();
    }
}
