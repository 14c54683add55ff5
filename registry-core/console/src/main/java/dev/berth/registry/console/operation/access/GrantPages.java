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
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Grants: who has which role where, and by what. */
final class GrantPages {
    private static final String GRANTS = Apis.ACCESS + "grants";
    private static final String TO = "to";
    private static final String REPOSITORIES = "repositories";
    private static final String ROLE = "role";
    private static final String SOURCE = "source";
    private static final String STORE = "store";
    private static final String ADD = "add";
    private static final String PUBLIC = "public";
    private static final String REMOVE = "remove";
    private static final String ROWS = "100";

    private final Desk desk;
    private final Desk organisations;

    GrantPages(Desk desk, Desk organisations) {
        this.desk = desk;
        this.organisations = organisations;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + ADD,
                (visit, rest) -> add(visit),
                desk.path() + "/" + PUBLIC,
                (visit, rest) -> makePublic(visit),
                desk.path() + "/" + REMOVE,
                (visit, rest) -> remove(visit));
    }

    private Optional<PageAnswer> list(Visit visit) {
        if (!Manager.of(visit).managesSomething()) {
            return Optional.empty();
        }
        Map<String, String> query = new HashMap<>(Map.of("limit", ROWS));
        Link same = desk.link();
        for (String filter : List.of(TO, REPOSITORIES)) {
            Optional<String> wanted = visit.asked(filter);
            if (wanted.isPresent()) {
                query.put(filter, wanted.get());
                same = same.with(filter, wanted.get());
            }
        }
        Optional<String> after = visit.asked(Links.AFTER);
        after.ifPresent(last -> query.put("after", last));
        Attempt asked = Attempt.toSee(visit, management -> management.get(GRANTS, query));
        Html found = asked.answer().<Html>map(page -> table(page)).orElse(Html.nothing());
        Link first = same;
        return desk.show(
                visit,
                asked,
                "Grants",
                text("Grants"),
                Show.note("Grants only add: whoever has none may do nothing. What everyone may pull is public."),
                Show.actions(
                        Show.link(desk.link(ADD), "Give a role"),
                        Show.link(desk.link(PUBLIC), "Make repositories public")),
                found,
                asked.answer()
                        .map(page -> Show.pages(first, after.isPresent(), page))
                        .orElse(Html.nothing()),
                Section.of(
                        "Find",
                        Forms.get(
                                desk.link(),
                                Forms.field("Who, exactly", TO, visit.asked(TO).orElse("")),
                                Forms.field(
                                        "Repositories: a pattern, exactly",
                                        REPOSITORIES,
                                        visit.asked(REPOSITORIES).orElse("")),
                                Forms.button("Find grants"))));
    }

    private Html table(JsonNode page) {
        Rows rows = Rows.of("Repositories", "Who", "Role", "By", "Change");
        Json.objects(page.path("grants"))
                .forEach(grant -> rows.add(
                        GrantRows.where(grant),
                        GrantRows.who(grant),
                        GrantRows.role(grant),
                        GrantRows.source(grant),
                        change(grant)));
        return rows.orElse("There are none.");
    }

    /** What comes from elsewhere is changed there. */
    private Html change(JsonNode grant) {
        String pattern = Json.text(grant, REPOSITORIES);
        return switch (Json.text(grant, SOURCE)) {
            case STORE ->
                Show.link(
                        desk.link(REMOVE)
                                .with(TO, Json.text(grant, TO))
                                .with(REPOSITORIES, pattern)
                                .with(ROLE, Json.text(grant, ROLE)),
                        "Remove");
            case "organisation" ->
                Show.link(
                        organisations
                                .link(OrganisationPages.ONE)
                                .with("name", pattern.substring(0, Math.max(0, pattern.indexOf('/')))),
                        "Members");
            default -> Html.nothing();
        };
    }

    private Optional<PageAnswer> add(Visit visit) {
        if (!Manager.of(visit).managesSomething()) {
            return Optional.empty();
        }
        String to = visit.form().get(TO);
        String repositories = visit.form().get(REPOSITORIES);
        String role = visit.form().find(ROLE).orElse("reader");
        Attempt added = granted(visit, to, repositories, role);
        if (added.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link().with(REPOSITORIES, repositories)));
        }
        return desk.show(
                visit,
                added,
                "Give a role",
                text("Give a role"),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        MemberForm.who("Who, or everyone, or authenticated", TO, to),
                        Forms.field("Repositories: acme/app, acme/*, acme/** or **", REPOSITORIES, repositories),
                        Forms.choice("Role", ROLE, Roles.ofPeople(), role),
                        Forms.button("Give the role")));
    }

    private static Attempt granted(Visit visit, String to, String repositories, String role) {
        return Attempt.of(
                visit, management -> management.post(GRANTS, Map.of(TO, to, REPOSITORIES, repositories, ROLE, role)));
    }

    private Optional<PageAnswer> makePublic(Visit visit) {
        if (!Manager.of(visit).managesSomething()) {
            return Optional.empty();
        }
        String repositories = visit.form().get(REPOSITORIES);
        Attempt made = granted(visit, "everyone", repositories, "reader");
        if (made.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link().with(REPOSITORIES, repositories)));
        }
        return desk.show(
                visit,
                made,
                "Make repositories public",
                text("Make repositories public"),
                Show.note("Everyone may pull from them then, strangers without a login included."),
                Forms.post(
                        visit,
                        desk.link(PUBLIC),
                        Forms.field("Repositories: acme/app, acme/*, acme/** or **", REPOSITORIES, repositories),
                        Forms.button("Make them public")));
    }

    private Optional<PageAnswer> remove(Visit visit) {
        Map<String, String> about = new HashMap<>();
        for (String field : List.of(TO, REPOSITORIES, ROLE)) {
            Desk.about(visit, field).ifPresent(value -> about.put(field, value));
        }
        return find(visit, about).flatMap(grant -> {
            String to = Json.text(grant, TO);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Take a role away",
                            Html.of(
                                    Desk.heading("Take the role ", Json.text(grant, ROLE), " away from "),
                                    Desk.heading("", to, "?")),
                            List.of(
                                    Show.actions(text("In"), GrantRows.where(grant)),
                                    Show.note(
                                            to.equals("everyone")
                                                    ? "Strangers may not pull from these repositories any more."
                                                    : "It counts from the next request on. Other grants stay.")),
                            about,
                            "Take it away",
                            desk.link(),
                            management -> management.delete(GRANTS, about)));
        });
    }

    private static Optional<JsonNode> find(Visit visit, Map<String, String> about) {
        if (about.size() < 3 || !Manager.of(visit).managesSomething()) {
            return Optional.empty();
        }
        return Apis.find(visit, GRANTS, Map.of(TO, about.get(TO), REPOSITORIES, about.get(REPOSITORIES)))
                .flatMap(found -> Json.objects(found.path("grants")).stream()
                        .filter(grant -> Json.text(grant, ROLE).equals(about.get(ROLE))
                                && Json.text(grant, SOURCE).equals(STORE))
                        .findFirst());
    }
}
