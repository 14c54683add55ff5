package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import java.util.Map;
import java.util.Optional;

/** The people who log in with a password that is kept here. */
final class PeoplePages {
    static final String PEOPLE = Apis.ACCESS + "people";
    static final String NAME = "name";
    static final String PERSON = "person";

    private static final String ADD = "add";
    private static final String PASSWORD = "password";
    private static final String ROWS = "50";

    private final Desk desk;

    PeoplePages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(desk.path(), (visit, rest) -> list(visit), desk.path() + "/" + ADD, (visit, rest) -> add(visit));
    }

    private Optional<PageAnswer> list(Visit visit) {
        Optional<String> after = visit.asked(Links.AFTER);
        Optional<JsonNode> page = visit.isPost()
                ? Optional.empty()
                : Apis.find(visit, PEOPLE, Map.of("after", after.orElse(""), "limit", ROWS));
        return page.flatMap(people -> desk.show(
                visit,
                "People",
                Show.actions(Show.link(desk.link(ADD), "Add a person")),
                table(visit, people),
                Show.pages(desk.link(), after.isPresent(), people),
                Section.of(
                        "Look at one",
                        Show.note("Also of a directory or an issuer, or a name that only grants state."),
                        Forms.get(desk.link(PERSON), Forms.field("Name", NAME, ""), Forms.button("Show the person")))));
    }

    private Html table(Visit visit, JsonNode people) {
        Rows rows = Rows.of("Name", "State", "Created");
        Json.objects(people.path("people"))
                .forEach(person -> rows.add(
                        Show.named(desk.link(PERSON).with(NAME, Json.text(person, NAME)), Json.text(person, NAME)),
                        state(person),
                        Show.ago(person, "created", visit.now(), "")));
        return rows.orElse("There are no people. Whoever comes may be of a directory, an issuer or a file.");
    }

    static Html state(JsonNode person) {
        return person.path("disabled").asBoolean()
                ? Show.state(Show.State.OFF, "disabled")
                : Show.state(Show.State.GOOD, "active");
    }

    private Optional<PageAnswer> add(Visit visit) {
        if (Apis.find(visit, PEOPLE, Map.of("limit", "1")).isEmpty()) {
            return Optional.empty();
        }
        String name = visit.form().get(NAME);
        Attempt added = Attempt.of(
                visit,
                management -> management.post(
                        PEOPLE, Map.of(NAME, name, PASSWORD, visit.form().exactly(PASSWORD))));
        if (added.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link(PERSON).with(NAME, name)));
        }
        return desk.show(
                visit,
                added,
                "Add a person",
                text("Add a person"),
                Show.note("The person may do nothing until a grant, a team or an organisation says so."),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        Forms.field("Name", NAME, name),
                        Forms.secret("Password, at most 72 bytes", PASSWORD, "new-password"),
                        Forms.button("Add the person")));
    }
}
