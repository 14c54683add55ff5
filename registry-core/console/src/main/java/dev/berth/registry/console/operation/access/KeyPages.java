package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that sign tokens. */
final class KeyPages {
    private static final String KEYS = Apis.ACCESS + "signing-keys";
    private static final String ID = "id";
    private static final String ROTATE = "rotate";
    private static final String REMOVE = "remove";

    private final Desk desk;

    KeyPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(), (visit, rest) -> visit.isPost() ? Optional.empty() : show(visit, Attempt.nothing()),
                desk.path() + "/" + ROTATE, (visit, rest) -> rotate(visit),
                desk.path() + "/" + REMOVE, (visit, rest) -> remove(visit));
    }

    private static Optional<List<JsonNode>> keys(Visit visit) {
        return Apis.find(visit, KEYS, Map.of()).map(found -> Json.objects(found.path("keys")));
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt) {
        return keys(visit).flatMap(keys -> {
            Rows rows = Rows.of("Key", "State", "Change");
            keys.forEach(key -> rows.add(
                    Show.code(Json.text(key, ID)),
                    state(key, visit.now()),
                    Show.link(desk.link(REMOVE).with(ID, Json.text(key, ID)), "Remove")));
            return desk.show(
                    visit,
                    attempt,
                    "Signing keys",
                    text("Signing keys"),
                    Show.note("They sign the tokens by which clients pull and push. A newer key signs after an hour, when"
                            + " everybody can know it; tokens of the older one stay good until they are over."),
                    rows.orElse("There are none."),
                    Forms.post(visit, desk.link(ROTATE), Forms.button("Make a newer key")));
        });
    }

    private static Html state(JsonNode key, Instant now) {
        if (key.path("signs").asBoolean()) {
            return Html.of(
                    Show.state(Show.State.GOOD, "signs"),
                    Json.find(key, "until").isPresent() ? text(", and a newer one will") : Html.nothing());
        }
        return Json.find(key, "until").isPresent()
                ? Html.of(text("verifies what it has signed, until "), Show.until(key, "until", now, ""))
                : Html.of(text("signs "), Show.at(key, "signsFrom", now, ""));
    }

    private Optional<PageAnswer> rotate(Visit visit) {
        if (!visit.isPost() || keys(visit).isEmpty()) {
            return Optional.empty();
        }
        Attempt rotated = Attempt.of(visit, management -> management.post(KEYS, Map.of()));
        return rotated.isDone() ? Optional.of(PageAnswer.seeOther(desk.link())) : show(visit, rotated);
    }

    private Optional<PageAnswer> remove(Visit visit) {
        Optional<String> id = Desk.about(visit, ID);
        return keys(visit)
                .filter(keys -> keys.stream()
                        .anyMatch(key -> id.filter(Json.text(key, ID)::equals).isPresent()))
                .flatMap(keys -> desk.ask(
                        visit,
                        REMOVE,
                        new Question(
                                "Remove a key",
                                text("Remove this key?"),
                                List.of(
                                        Show.actions(Show.code(id.orElse(""))),
                                        Show.note("Do so if others may know it. What it has signed is worth nothing then:"
                                                + " whoever is logged in with docker login has to log in again. If it is the"
                                                + " one that signs, another one is made at once.")),
                                Map.of(ID, id.orElse("")),
                                "Remove",
                                desk.link(),
                                management -> management.delete(KEYS, Map.of(ID, id.orElse(""))))));
    }
}
