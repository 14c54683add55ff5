package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.operation.Words;
import dev.berth.registry.console.page.Commands;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Robots of an organisation or a person: made, their secrets exchanged, removed. A secret is shown once. */
final class RobotPages {
    static final String OWNER = "owner";

    private static final String ROBOTS = Apis.ACCESS + "robots";
    private static final String NAME = "name";
    private static final String REPOSITORIES = "repositories";
    private static final String ROLE = "role";
    private static final String EXPIRES = "expires";
    private static final String KEEP = "olderGoodForSeconds";
    private static final String ADD = "add";
    private static final String ROTATE = "rotate";
    private static final String REMOVE = "remove";

    private final Desk desk;

    RobotPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + ADD,
                (visit, rest) -> add(visit),
                desk.path() + "/" + ROTATE,
                (visit, rest) -> rotate(visit),
                desk.path() + "/" + REMOVE,
                (visit, rest) -> remove(visit));
    }

    private static Optional<List<JsonNode>> robots(Visit visit, String owner) {
        return Apis.find(visit, ROBOTS, Map.of(OWNER, owner)).map(found -> Json.objects(found.path("robots")));
    }

    private Link of(String owner) {
        return desk.link().with(OWNER, owner);
    }

    private Optional<PageAnswer> list(Visit visit) {
        if (!Manager.of(visit).managesOrganisations()) {
            return Optional.empty();
        }
        Optional<String> owner = visit.asked(OWNER);
        return owner.isEmpty()
                ? owners(visit)
                : robots(visit, owner.get()).flatMap(robots -> list(visit, owner.get(), robots));
    }

    /** Robots are kept by their owners, of whom there may be many. */
    private Optional<PageAnswer> owners(Visit visit) {
        Manager manager = Manager.of(visit);
        Rows rows = Rows.of("Organisation");
        Optional<JsonNode> page = Apis.find(visit, Apis.ACCESS + "organisations", Map.of("limit", "200"));
        page.ifPresent(found -> Json.objects(found.path("organisations"))
                .forEach(organisation ->
                        rows.add(Show.named(of(Json.text(organisation, NAME)), Json.text(organisation, NAME)))));
        return desk.show(
                visit,
                "Robots",
                Show.note(
                        "A robot is an account for a machine. It belongs to an organisation or a person, can never do more"
                                + " than its owner, and is gone with it."),
                rows.orElse("There are no organisations that you administer."),
                manager.administrator()
                        ? Section.of(
                                "Robots of somebody",
                                Forms.get(
                                        desk.link(),
                                        Forms.field("Name of an organisation or a person", OWNER, ""),
                                        Forms.button("Show the robots")))
                        : Html.nothing());
    }

    private Optional<PageAnswer> list(Visit visit, String owner, List<JsonNode> robots) {
        Rows rows = Rows.of("Name", "Repositories", "Role", "Secrets", "Last used", "Expires", "Change");
        robots.forEach(robot -> rows.add(
                Show.code(Json.text(robot, NAME)),
                Show.codes(Json.texts(robot.path(REPOSITORIES)), "none"),
                text(Json.text(robot, ROLE)),
                text(Integer.toString(robot.path("secrets").asInt())),
                Show.ago(robot, "lastUsed", visit.now(), "never"),
                Show.until(robot, EXPIRES, visit.now(), "never"),
                Show.actions(Show.link(one(ROTATE, robot), "New secret"), Show.link(one(REMOVE, robot), "Remove"))));
        return desk.show(
                visit,
                Attempt.nothing(),
                "Robots of " + owner,
                Desk.heading("Robots of ", owner, ""),
                Show.actions(Show.link(desk.link(ADD).with(OWNER, owner), "Add a robot")),
                rows.orElse("There are none yet."));
    }

    private Link one(String page, JsonNode robot) {
        return desk.link(page).with(NAME, Json.text(robot, NAME));
    }

    private Optional<PageAnswer> add(Visit visit) {
        return Desk.about(visit, OWNER)
                .filter(owner -> Manager.of(visit).managesOrganisations())
                .filter(owner -> robots(visit, owner).isPresent())
                .flatMap(owner -> add(visit, owner));
    }

    private Optional<PageAnswer> add(Visit visit, String owner) {
        String repositories = visit.isPost() ? visit.form().get(REPOSITORIES) : owner + "/**";
        String expires = visit.isPost() ? visit.form().get(EXPIRES) : "90";
        Attempt added = Attempt.of(visit, management -> {
            Map<String, Object> fields = new HashMap<>();
            fields.put(OWNER, owner);
            fields.put(NAME, visit.form().get(NAME));
            fields.put(REPOSITORIES, Words.of(repositories));
            fields.put(ROLE, visit.form().get(ROLE));
            Expiry.of(expires, visit.now()).ifPresent(end -> fields.put(EXPIRES, end));
            return management.post(ROBOTS, fields);
        });
        if (added.isDone()) {
            return secret(visit, owner, added);
        }
        return desk.show(
                visit,
                added,
                "Add a robot",
                Desk.heading("Add a robot of ", owner, ""),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        Forms.hidden(OWNER, owner),
                        Forms.field(
                                "Name after that of the owner, such as ci",
                                NAME,
                                visit.form().get(NAME)),
                        Forms.lines("Repositories: patterns, one on each line", REPOSITORIES, repositories),
                        Forms.choice(
                                "Role",
                                ROLE,
                                Roles.ofMachines(),
                                visit.form().find(ROLE).orElse("reader")),
                        Forms.choice("Expires", EXPIRES, Expiry.choices(), expires),
                        Forms.button("Add the robot")));
    }

    private Optional<PageAnswer> secret(Visit visit, String owner, Attempt made) {
        JsonNode answer = made.answer().orElseThrow();
        String account = Json.text(answer, "account");
        return desk.showOnce(
                visit,
                "The secret of " + account,
                "With this as the password, a machine logs in as " + account + ".",
                Json.text(answer, "secret"),
                of(owner),
                Commands.block("docker login " + visit.host() + " --username " + account + " --password-stdin"));
    }

    private static Optional<JsonNode> robot(Visit visit) {
        Optional<String> name = Desk.about(visit, NAME);
        return name.filter(robot -> Manager.of(visit).managesOrganisations())
                .flatMap(robot -> robots(visit, owner(robot)))
                .flatMap(robots -> robots.stream()
                        .filter(robot ->
                                name.filter(Json.text(robot, NAME)::equals).isPresent())
                        .findFirst());
    }

    /** Returns what stands before the last plus: an owner from a directory may have one in the name. */
    private static String owner(String robot) {
        int plus = robot.lastIndexOf('+');
        return plus < 0 ? robot : robot.substring(0, plus);
    }

    private Optional<PageAnswer> rotate(Visit visit) {
        return robot(visit).flatMap(robot -> {
            String name = Json.text(robot, NAME);
            String owner = Json.text(robot, OWNER);
            String keep = visit.form().find(KEEP).orElse("86400");
            Attempt rotated = Attempt.of(
                    visit, management -> management.post(ROBOTS + "/rotate", Map.of(NAME, name, KEEP, keep)));
            return rotated.isDone()
                    ? secret(visit, owner, rotated)
                    : desk.show(
                            visit,
                            rotated,
                            "A new secret",
                            Desk.heading("A new secret for ", name, ""),
                            Show.note(
                                    "The present one stays good for the time that you choose, so that it can be exchanged"
                                            + " in all places. An older one than that is gone at once."),
                            Forms.post(
                                    visit,
                                    desk.link(ROTATE),
                                    Forms.hidden(NAME, name),
                                    Forms.choice("The present secret is good for", KEEP, overlaps(), keep),
                                    Show.actions(Forms.button("Make a new secret"), Show.link(of(owner), "Cancel"))));
        });
    }

    private static Map<String, String> overlaps() {
        Map<String, String> overlaps = new LinkedHashMap<>();
        overlaps.put("0", "no longer");
        overlaps.put("3600", "an hour");
        overlaps.put("86400", "a day");
        overlaps.put("604800", "a week");
        overlaps.put("2592000", "30 days");
        return overlaps;
    }

    private Optional<PageAnswer> remove(Visit visit) {
        return robot(visit).flatMap(robot -> {
            String name = Json.text(robot, NAME);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Remove a robot",
                            Desk.heading("Remove the robot ", name, "?"),
                            List.of(Show.note("Whatever logs in with its secrets is refused from now on.")),
                            Map.of(NAME, name),
                            "Remove",
                            of(Json.text(robot, OWNER)),
                            management -> management.delete(ROBOTS, Map.of(NAME, name))));
        });
    }
}
