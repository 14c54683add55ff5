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
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Teams with their members, as far as the visitor manages them. */
final class TeamPages {
    private static final String TEAMS = Apis.ACCESS + "teams";
    private static final String MEMBERS = Apis.ACCESS + "team-members";
    private static final String NAME = "name";
    private static final String TEAM = "team";
    private static final String MEMBER = "member";
    private static final String ADD = "add";
    private static final String REMOVE = "remove";
    private static final String REMOVE_MEMBER = "remove-member";
    private static final String ROWS = "50";

    private final Desk desk;

    TeamPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + ADD,
                (visit, rest) -> add(visit),
                desk.path() + "/" + TEAM,
                (visit, rest) -> one(visit),
                desk.path() + "/" + REMOVE,
                (visit, rest) -> remove(visit),
                desk.path() + "/" + REMOVE_MEMBER,
                (visit, rest) -> removeMember(visit));
    }

    private Optional<PageAnswer> list(Visit visit) {
        if (!Manager.of(visit).managesOrganisations()) {
            return Optional.empty();
        }
        Optional<String> after = visit.asked(Links.AFTER);
        return Apis.find(visit, TEAMS, Map.of("after", after.orElse(""), "limit", ROWS))
                .flatMap(page -> desk.show(
                        visit,
                        "Teams",
                        Show.note(
                                "A team stands for its members wherever a role is given. One whose name begins with an"
                                        + " organisation, such as acme/dev, is managed by the administrators of that one."),
                        Show.actions(Show.link(desk.link(ADD), "Add a team")),
                        table(page),
                        Show.pages(desk.link(), after.isPresent(), page)));
    }

    private Html table(JsonNode page) {
        Rows rows = Rows.of("Name", "Members");
        Json.objects(page.path("teams")).forEach(team -> {
            String name = Json.text(team, NAME);
            rows.add(
                    Show.named(link(name), name),
                    text(Texts.count(team.path("members").size(), MEMBER)));
        });
        return rows.orElse("There are no teams that you manage.");
    }

    private Link link(String name) {
        return desk.link(TEAM).with(NAME, name);
    }

    private Optional<PageAnswer> add(Visit visit) {
        Manager manager = Manager.of(visit);
        if (!manager.managesOrganisations()) {
            return Optional.empty();
        }
        String name = visit.isPost()
                ? visit.form().get(NAME)
                : manager.organisations().stream()
                        .filter(any -> !manager.administrator())
                        .findFirst()
                        .map(organisation -> organisation + "/")
                        .orElse("");
        Attempt added = Attempt.of(visit, management -> management.post(TEAMS, Map.of(NAME, name)));
        if (added.isDone()) {
            return Optional.of(PageAnswer.seeOther(link(name)));
        }
        return desk.show(
                visit,
                added,
                "Add a team",
                text("Add a team"),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        Forms.field("Name, such as dev or acme/dev", NAME, name),
                        Forms.button("Add the team")));
    }

    private static Optional<JsonNode> team(Visit visit, String field) {
        return Desk.about(visit, field).flatMap(name -> Apis.find(visit, Apis.ACCESS + TEAM, Map.of(NAME, name)));
    }

    private Optional<PageAnswer> one(Visit visit) {
        return team(visit, NAME).flatMap(team -> {
            String name = Json.text(team, NAME);
            String member = visit.form().get(MEMBER);
            Attempt added =
                    Attempt.of(visit, management -> management.post(MEMBERS, Map.of(TEAM, name, MEMBER, member)));
            return added.isDone()
                    ? Optional.of(PageAnswer.seeOther(link(name)))
                    : desk.show(
                            visit,
                            added,
                            name,
                            Texts.foreign(name),
                            Show.actions(Show.link(desk.link(REMOVE).with(NAME, name), "Remove the team")),
                            Section.of("Members", members(team)),
                            Section.of(
                                    "Add a member",
                                    Forms.post(
                                            visit,
                                            desk.link(TEAM),
                                            Forms.hidden(NAME, name),
                                            Forms.field(
                                                    "Who: a name, ldap:GROUP, oidc:GROUP or authenticated",
                                                    MEMBER,
                                                    member),
                                            Forms.button("Add the member"))));
        });
    }

    private Html members(JsonNode team) {
        String name = Json.text(team, NAME);
        Rows rows = Rows.of("Who", "Change");
        Json.texts(team.path("members"))
                .forEach(member -> rows.add(
                        Texts.foreign(member),
                        Show.link(desk.link(REMOVE_MEMBER).with(TEAM, name).with(MEMBER, member), "Remove")));
        return rows.orElse("There are no members yet.");
    }

    private Optional<PageAnswer> remove(Visit visit) {
        return team(visit, NAME).flatMap(team -> {
            String name = Json.text(team, NAME);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Remove a team",
                            Desk.heading("Remove the team ", name, "?"),
                            List.of(Show.note("Its grants are removed as well. This cannot be undone.")),
                            Map.of(NAME, name),
                            "Remove",
                            desk.link(),
                            management -> management.delete(TEAMS, Map.of(NAME, name))));
        });
    }

    private Optional<PageAnswer> removeMember(Visit visit) {
        Optional<String> member = Desk.about(visit, MEMBER);
        return team(visit, TEAM)
                .filter(team -> member.filter(Json.texts(team.path("members"))::contains)
                        .isPresent())
                .flatMap(team -> {
                    String name = Json.text(team, NAME);
                    Map<String, String> about = Map.of(TEAM, name, MEMBER, member.orElse(""));
                    return desk.ask(
                            visit,
                            REMOVE_MEMBER,
                            new Question(
                                    "Remove a member",
                                    Html.of(
                                            Desk.heading("Remove ", member.orElse(""), " from the team "),
                                            Desk.heading("", name, "?")),
                                    List.of(Show.note("What the member may do as one of the team is over then.")),
                                    about,
                                    "Remove",
                                    link(name),
                                    management -> management.delete(MEMBERS, about)));
                });
    }
}
