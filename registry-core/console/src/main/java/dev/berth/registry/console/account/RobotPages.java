package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** One's own robots. */
final class RobotPages {
    private static final String ROTATE = OwnFrame.ROBOTS + "/rotate";
    private static final String REMOVE = OwnFrame.ROBOTS + "/remove";
    private static final String API = OwnFrame.API + "robots";
    private static final String NAME = "name";
    private static final String OLDER = "older";

    private final OwnFrame own;

    RobotPages(OwnFrame own) {
        this.own = own;
    }

    Map<String, Pages> all() {
        return Map.of(
                OwnFrame.ROBOTS,
                this::robots,
                ROTATE,
                (visit, rest) -> one(visit, visit.isPost() ? this::rotated : this::askToRotate),
                REMOVE,
                (visit, rest) -> one(visit, visit.isPost() ? this::removed : this::askToRemove));
    }

    private Optional<PageAnswer> robots(Visit visit, String rest) {
        return own.forManaging(
                visit, OwnFrame.ROBOTS, () -> Optional.of(visit.isPost() ? add(visit) : list(visit, 200, "")));
    }

    private PageAnswer add(Visit visit) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("owner", visit.caller().name());
        fields.put(NAME, visit.form().get(NAME));
        PurposeFields.add(visit.form(), visit.now(), fields);
        try {
            return secret(visit, "Your new robot", visit.management().post(API, fields));
        } catch (RegistryException e) {
            if (!Sentences.isOfForm(e)) {
                throw e;
            }
            return list(visit, HttpStatus.of(e.code()), Sentences.of(e));
        }
    }

    private PageAnswer secret(Visit visit, String title, JsonNode made) {
        return own.secret(
                visit,
                OwnFrame.ROBOTS,
                title,
                made.path("account").asText(),
                made.path("secret").asText());
    }

    private PageAnswer list(Visit visit, int status, String problem) {
        List<List<Html>> rows = new ArrayList<>();
        for (JsonNode robot : all(visit)) {
            String name = robot.path(NAME).asText();
            rows.add(List.of(
                    Texts.foreign(name),
                    Facts.codes(robot.path("repositories")),
                    text(robot.path("role").asText()),
                    Facts.until(robot.path("expires")),
                    Facts.ago(robot.path("lastUsed"), visit),
                    Html.of(
                            A.of(href(own.to(ROTATE).with(NAME, name)), text("New secret")),
                            text(" "),
                            A.of(href(own.to(REMOVE).with(NAME, name)), text("Remove")))));
        }
        return own.show(
                visit,
                status,
                OwnFrame.ROBOTS,
                "Robots",
                P.of(
                        css("note"),
                        text(
                                "A robot is an account for a machine, such as one that builds images. It can do what you can,"
                                        + " within its repositories and its role, and ends with your account.")),
                rows.isEmpty()
                        ? P.of(css("empty"), text("You have none yet."))
                        : Facts.table(List.of("Name", "Repositories", "Role", "Expires", "Last used", "Change"), rows),
                Section.of(
                        "Make a robot",
                        problem.isEmpty() ? Html.nothing() : Forms.problem(problem),
                        Forms.post(
                                visit,
                                own.to(OwnFrame.ROBOTS),
                                Forms.field(
                                        "Name, such as ci", NAME, visit.form().get(NAME)),
                                PurposeFields.of(visit.form(), visit.isPost()),
                                Forms.button("Make it"))));
    }

    /** Answers about a robot of one's own; there is no other. */
    private Optional<PageAnswer> one(Visit visit, BiFunction<Visit, String, PageAnswer> answer) {
        return own.forManaging(visit, OwnFrame.ROBOTS, () -> {
            String name =
                    visit.isPost() ? visit.form().get(NAME) : visit.asked(NAME).orElse("");
            boolean known = all(visit).stream()
                    .anyMatch(robot -> robot.path(NAME).asText().equals(name));
            return known ? Optional.of(answer.apply(visit, name)) : Optional.empty();
        });
    }

    private PageAnswer askToRotate(Visit visit, String name) {
        Map<String, String> times = new LinkedHashMap<>();
        times.put("86400", "for a day more");
        times.put("3600", "for an hour more");
        times.put("0", "not any more");
        return own.show(
                visit,
                OwnFrame.ROBOTS,
                "A new secret for the robot?",
                P.of(Texts.foreign(name), text(" gets another secret. Other secrets of it end.")),
                Forms.post(
                        visit,
                        own.to(ROTATE),
                        Forms.hidden(NAME, name),
                        Forms.choice("The one before is good", OLDER, times, "86400"),
                        Forms.button("Make a new secret")),
                P.of(A.of(href(own.to(OwnFrame.ROBOTS)), text("Keep it"))));
    }

    private PageAnswer rotated(Visit visit, String name) {
        Map<String, String> fields =
                Map.of(NAME, name, "olderGoodForSeconds", visit.form().get(OLDER));
        return secret(visit, "The new secret", visit.management().post(API + "/rotate", fields));
    }

    private PageAnswer askToRemove(Visit visit, String name) {
        return own.show(
                visit,
                OwnFrame.ROBOTS,
                "Remove the robot?",
                P.of(Texts.foreign(name), text(" cannot log in any more then.")),
                Forms.post(visit, own.to(REMOVE), Forms.hidden(NAME, name), Forms.dangerousButton("Remove it")),
                P.of(A.of(href(own.to(OwnFrame.ROBOTS)), text("Keep it"))));
    }

    private PageAnswer removed(Visit visit, String name) {
        visit.management().delete(API, Map.of(NAME, name));
        return PageAnswer.seeOther(own.to(OwnFrame.ROBOTS));
    }

    private static List<JsonNode> all(Visit visit) {
        List<JsonNode> robots = new ArrayList<>();
        visit.management()
                .get(API, Map.of("owner", visit.caller().name()))
                .path("robots")
                .forEach(robots::add);
        return robots;
    }
}
