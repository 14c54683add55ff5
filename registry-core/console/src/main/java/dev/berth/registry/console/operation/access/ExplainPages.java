package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.STRONG;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may do what in a repository, and why; and the same of one caller. */
final class ExplainPages {
    private static final String REPOSITORY = "repository";
    private static final String CALLER = "caller";

    private final Desk desk;

    ExplainPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(desk.path(), (visit, rest) -> visit.isPost() ? Optional.empty() : show(visit));
    }

    private Optional<PageAnswer> show(Visit visit) {
        if (!Manager.of(visit).managesSomething()) {
            return Optional.empty();
        }
        Optional<String> repository = visit.asked(REPOSITORY);
        Optional<String> caller = visit.asked(CALLER);
        Attempt asked = repository
                .map(name -> Attempt.toSee(
                        visit,
                        management -> caller.isPresent()
                                ? management.get(
                                        Apis.ACCESS + "explain", Map.of(CALLER, caller.get(), REPOSITORY, name))
                                : management.get(Apis.ACCESS + "who-may", Map.of(REPOSITORY, name))))
                .orElse(Attempt.nothing());
        Html answer = asked.answer()
                .map(told -> caller.isPresent() ? ofOne(told) : ofAll(told))
                .orElse(Html.nothing());
        return desk.show(
                visit,
                asked,
                "Who may",
                text("Who may"),
                Show.note("Who may do what in a repository, and why. Leave the second field empty to see everybody."),
                Forms.get(
                        desk.link(),
                        Forms.field("Repository", REPOSITORY, repository.orElse("")),
                        Forms.field("Who: a name, a robot such as acme+ci, or everyone", CALLER, caller.orElse("")),
                        Forms.button("Explain")),
                answer);
    }

    private static Html ofAll(JsonNode told) {
        Rows rows = Rows.of("Who", "Role", "In", "By", "Members");
        Json.objects(told.path("grants"))
                .forEach(grant -> rows.add(
                        GrantRows.who(grant),
                        GrantRows.role(grant),
                        GrantRows.where(grant),
                        GrantRows.source(grant),
                        grant.has("members")
                                ? Show.names(Json.texts(grant.path("members")), "known elsewhere")
                                : Html.nothing()));
        return Section.of(
                "In this repository",
                P.of(
                        told.path("public").asBoolean()
                                ? Html.of(
                                        Show.state(Show.State.GOOD, "public"),
                                        text(" Everybody may pull, strangers included."))
                                : text("Only those below may do something, and their robots and tokens, within limits.")),
                rows.orElse("Nobody may do anything here."));
    }

    private static Html ofOne(JsonNode told) {
        List<String> may = Json.texts(told.path("may"));
        Rows rows = Rows.of("Because of the role", "In", "Of", "By", "A member as");
        Json.objects(told.path("grants"))
                .forEach(grant -> rows.add(
                        GrantRows.role(grant),
                        GrantRows.where(grant),
                        GrantRows.who(grant),
                        GrantRows.source(grant),
                        Show.names(Json.texts(grant.path("memberAs")), "")));
        return Section.of(
                "In this repository",
                P.of(
                        Texts.foreign(Json.text(told, CALLER)),
                        text(" may "),
                        STRONG.of(text(may.isEmpty() ? "nothing" : String.join(", ", may))),
                        text(" in "),
                        Texts.foreign(Json.text(told, REPOSITORY)),
                        text(".")),
                told.path("known").asBoolean()
                        ? Html.nothing()
                        : Show.note("Nobody is known by this name at this time; it may be of an issuer."),
                limit(told.path("limit")),
                rows.orElse("No grant says so."));
    }

    private static Html limit(JsonNode limit) {
        return limit.isMissingNode()
                ? Html.nothing()
                : DIV.of(
                        css("note"),
                        text("Its credentials are limited to the role "),
                        text(Json.text(limit, "role")),
                        text(" in "),
                        Show.codes(Json.texts(limit.path("repositories")), "no repository"));
    }
}
