package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Facts;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One person: what is known of them, and what an administrator may change about them. */
final class PersonPages {
    private static final String NAME = PeoplePages.NAME;
    private static final String DISABLED = "disabled";
    private static final String ENABLE = "enable";
    private static final String DISABLE = "disable";
    private static final String REMOVE = "remove";
    private static final String PASSWORD = "password";
    private static final String OLD_PASSWORD = "oldPassword";

    private final Desk desk;
    private final Desk robots;
    private final Credentials credentials;

    PersonPages(Desk desk, Desk robots) {
        this.desk = desk;
        this.robots = robots;
        this.credentials = new Credentials(desk);
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path() + "/" + PeoplePages.PERSON,
                        (visit, rest) -> visit.isPost() ? Optional.empty() : show(visit),
                desk.path() + "/" + ENABLE, (visit, rest) -> enable(visit),
                desk.path() + "/" + DISABLE, (visit, rest) -> disable(visit),
                desk.path() + "/" + REMOVE, (visit, rest) -> remove(visit),
                desk.path() + "/" + PASSWORD, (visit, rest) -> password(visit));
    }

    private static Optional<JsonNode> person(Visit visit) {
        return Desk.about(visit, NAME).flatMap(name -> Apis.find(visit, Apis.ACCESS + "person", Map.of(NAME, name)));
    }

    /** Returns one whose password is kept here: others are changed where they come from. */
    private static Optional<JsonNode> stored(Visit visit) {
        return person(visit).filter(person -> person.path("stored").asBoolean());
    }

    private Link link(JsonNode person) {
        return link(PeoplePages.PERSON, person);
    }

    private Link link(String page, JsonNode person) {
        return desk.link(page).with(NAME, Json.text(person, NAME));
    }

    private Optional<PageAnswer> show(Visit visit) {
        return person(visit).flatMap(person -> show(visit, Attempt.nothing(), person));
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt, JsonNode person) {
        String name = Json.text(person, NAME);
        return desk.show(
                visit,
                attempt,
                name,
                Texts.foreign(name),
                facts(visit, person),
                actions(visit, person),
                Section.of("What they may", grants(person)),
                credentials.sections(visit, name),
                Section.of(
                        "Robots",
                        Show.actions(Show.link(robots.link().with(RobotPages.OWNER, name), "Robots of this person"))));
    }

    private static Html facts(Visit visit, JsonNode person) {
        Facts facts = new Facts();
        if (person.path("stored").asBoolean()) {
            facts.add("State", PeoplePages.state(person));
            facts.add("Created", Show.ago(person, "created", visit.now(), ""));
        } else {
            facts.add(
                    "State",
                    text(
                            person.path("known").asBoolean()
                                    ? "of a directory, an issuer or a file: changed there"
                                    : "nobody is known by this name at this time"));
        }
        facts.add("Groups", Show.names(Json.texts(person.path("groups")), "none"));
        if (person.path("administrator").asBoolean()) {
            facts.add("Administers", text("the registry"));
        }
        return facts.shown();
    }

    private Html actions(Visit visit, JsonNode person) {
        if (!person.path("stored").asBoolean()) {
            return Html.nothing();
        }
        List<Html> actions = new ArrayList<>();
        actions.add(Show.link(link(PASSWORD, person), "Set the password"));
        if (!person.path(DISABLED).asBoolean()) {
            actions.add(Show.link(link(DISABLE, person), "Disable"));
        }
        actions.add(Show.link(link(REMOVE, person), "Remove"));
        Html enable = person.path(DISABLED).asBoolean()
                ? Forms.post(
                        visit, desk.link(ENABLE), Forms.hidden(NAME, Json.text(person, NAME)), Forms.button("Enable"))
                : Html.nothing();
        return Html.of(Show.actions(actions.toArray(Html[]::new)), enable);
    }

    private static Html grants(JsonNode person) {
        Rows rows = Rows.of("Repositories", "Role", "As", "By");
        Json.objects(person.path("grants"))
                .forEach(grant -> rows.add(
                        GrantRows.where(grant), GrantRows.role(grant), GrantRows.who(grant), GrantRows.source(grant)));
        return rows.orElse("Nothing: no grant is for this person, or a group of them.");
    }

    private Optional<PageAnswer> enable(Visit visit) {
        Optional<JsonNode> person = stored(visit);
        if (person.isEmpty() || !visit.isPost()) {
            return Optional.empty();
        }
        Attempt enabled = Attempt.of(
                visit,
                management -> management.put(
                        PeoplePages.PEOPLE, Map.of(NAME, Json.text(person.get(), NAME), DISABLED, "false")));
        return enabled.isDone()
                ? Optional.of(PageAnswer.seeOther(link(person.get())))
                : show(visit, enabled, person.get());
    }

    private Optional<PageAnswer> disable(Visit visit) {
        return stored(visit).flatMap(person -> {
            String name = Json.text(person, NAME);
            return desk.ask(
                    visit,
                    DISABLE,
                    new Question(
                            "Disable a person",
                            Desk.heading("Disable ", name, "?"),
                            List.of(Show.note("Nobody logs in by this name until it is enabled again, nor do robots and"
                                    + " personal tokens of this person.")),
                            Map.of(NAME, name),
                            "Disable",
                            link(person),
                            management -> management.put(PeoplePages.PEOPLE, Map.of(NAME, name, DISABLED, "true"))));
        });
    }

    private Optional<PageAnswer> remove(Visit visit) {
        return stored(visit).flatMap(person -> {
            String name = Json.text(person, NAME);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Remove a person",
                            Desk.heading("Remove ", name, "?"),
                            List.of(Show.note(
                                    "Robots and personal tokens of this person are removed as well, and so are"
                                            + " the roles. This cannot be undone.")),
                            Map.of(NAME, name),
                            "Remove",
                            desk.link(),
                            management -> management.delete(PeoplePages.PEOPLE, Map.of(NAME, name))));
        });
    }

    private Optional<PageAnswer> password(Visit visit) {
        return stored(visit).flatMap(person -> password(visit, person));
    }

    private Optional<PageAnswer> password(Visit visit, JsonNode person) {
        String name = Json.text(person, NAME);
        boolean own = visit.caller().name().equals(name);
        Attempt set = Attempt.of(visit, management -> {
            Map<String, String> fields = new HashMap<>();
            fields.put(NAME, name);
            fields.put(PASSWORD, visit.form().exactly(PASSWORD));
            if (own) {
                fields.put(OLD_PASSWORD, visit.form().exactly(OLD_PASSWORD));
            }
            return management.put(Apis.ACCESS + PASSWORD, fields);
        });
        if (set.isDone()) {
            return Optional.of(PageAnswer.seeOther(link(person)));
        }
        return desk.show(
                visit,
                set,
                "Set a password",
                Desk.heading("Set the password of ", name, ""),
                Show.note("Whoever is logged in by the old one has to log in again."),
                Forms.post(
                        visit,
                        desk.link(PASSWORD),
                        Forms.hidden(NAME, name),
                        own ? Forms.secret("Your old password", OLD_PASSWORD, "current-password") : Html.nothing(),
                        Forms.secret("New password, at most 72 bytes", PASSWORD, "new-password"),
                        Forms.button("Set the password")));
    }
}
