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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Organisations with their members, as far as the visitor administers them. */
final class OrganisationPages {
    static final String ONE = "organisation";

    private static final String ORGANISATIONS = Apis.ACCESS + "organisations";
    private static final String MEMBERS = Apis.ACCESS + "members";
    private static final String NAME = "name";
    private static final String ORGANISATION = "organisation";
    private static final String MEMBER = "member";
    private static final String ROLE = "role";
    private static final String ADD = "add";
    private static final String REMOVE = "remove";
    private static final String REMOVE_MEMBER = "remove-member";
    private static final String ROWS = "50";

    private final Desk desk;
    private final Desk robots;

    OrganisationPages(Desk desk, Desk robots) {
        this.desk = desk;
        this.robots = robots;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + ADD,
                (visit, rest) -> add(visit),
                desk.path() + "/" + ONE,
                (visit, rest) -> one(visit),
                desk.path() + "/" + REMOVE,
                (visit, rest) -> remove(visit),
                desk.path() + "/" + REMOVE_MEMBER,
                (visit, rest) -> removeMember(visit));
    }

    private Optional<PageAnswer> list(Visit visit) {
        Manager manager = Manager.of(visit);
        if (!manager.managesOrganisations()) {
            return Optional.empty();
        }
        Optional<String> after = visit.asked(Links.AFTER);
        return Apis.find(visit, ORGANISATIONS, Map.of("after", after.orElse(""), "limit", ROWS))
                .flatMap(page -> desk.show(
                        visit,
                        "Organisations",
                        Show.note(
                                "An organisation is the first part of names of repositories: acme owns acme/**, and its"
                                        + " members have a role in all of it."),
                        manager.administrator()
                                ? Show.actions(Show.link(desk.link(ADD), "Add an organisation"))
                                : Html.nothing(),
                        table(page),
                        Show.pages(desk.link(), after.isPresent(), page)));
    }

    private Html table(JsonNode page) {
        Rows rows = Rows.of("Name", "Members", "Robots");
        Json.objects(page.path("organisations")).forEach(organisation -> {
            String name = Json.text(organisation, NAME);
            rows.add(
                    Show.named(link(name), name),
                    text(Texts.count(organisation.path("members").size(), MEMBER)),
                    Show.link(robots.link().with(RobotPages.OWNER, name), "Robots"));
        });
        return rows.orElse("There are no organisations. An administrator of the registry adds one.");
    }

    private Link link(String name) {
        return desk.link(ONE).with(NAME, name);
    }

    private Optional<PageAnswer> add(Visit visit) {
        if (!Manager.of(visit).administrator()) {
            return Optional.empty();
        }
        String name = visit.form().get(NAME);
        Attempt added = Attempt.of(visit, management -> management.post(ORGANISATIONS, Map.of(NAME, name)));
        if (added.isDone()) {
            return Optional.of(PageAnswer.seeOther(link(name)));
        }
        return desk.show(
                visit,
                added,
                "Add an organisation",
                text("Add an organisation"),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        Forms.field("Name: the first part of names of repositories", NAME, name),
                        Forms.button("Add the organisation")));
    }

    private static Optional<JsonNode> organisation(Visit visit, String field) {
        return Desk.about(visit, field)
                .flatMap(name -> Apis.find(visit, Apis.ACCESS + "organisation", Map.of(NAME, name)));
    }

    private Optional<PageAnswer> one(Visit visit) {
        return organisation(visit, NAME).flatMap(organisation -> {
            String name = Json.text(organisation, NAME);
            String member = visit.form().get(MEMBER);
            String role = visit.form().find(ROLE).orElse("reader");
            Attempt set = Attempt.of(
                    visit,
                    management -> management.put(MEMBERS, Map.of(ORGANISATION, name, MEMBER, member, ROLE, role)));
            return set.isDone()
                    ? Optional.of(PageAnswer.seeOther(link(name)))
                    : show(visit, set, organisation, member, role);
        });
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt, JsonNode organisation, String member, String role) {
        String name = Json.text(organisation, NAME);
        List<Html> actions = new ArrayList<>();
        actions.add(Show.link(robots.link().with(RobotPages.OWNER, name), "Robots"));
        if (Manager.of(visit).administrator()) {
            actions.add(Show.link(desk.link(REMOVE).with(NAME, name), "Remove the organisation"));
        }
        return desk.show(
                visit,
                attempt,
                name,
                Texts.foreign(name),
                Show.actions(actions.toArray(Html[]::new)),
                Section.of("Members", members(organisation)),
                Section.of(
                        "Add a member, or change a role",
                        Forms.post(
                                visit,
                                desk.link(ONE),
                                Forms.hidden(NAME, name),
                                MemberForm.who("Who", MEMBER, member),
                                Forms.choice("Role in all repositories", ROLE, Roles.ofPeople(), role),
                                Forms.button("Give the role"))));
    }

    private Html members(JsonNode organisation) {
        String name = Json.text(organisation, NAME);
        Rows rows = Rows.of("Who", "Role", "Change");
        Json.objects(organisation.path("members"))
                .forEach(member -> rows.add(
                        Texts.foreign(Json.text(member, MEMBER)),
                        GrantRows.role(member),
                        Show.link(
                                desk.link(REMOVE_MEMBER)
                                        .with(ORGANISATION, name)
                                        .with(MEMBER, Json.text(member, MEMBER)),
                                "Remove")));
        return rows.orElse("There are no members yet.");
    }

    private Optional<PageAnswer> remove(Visit visit) {
        if (!Manager.of(visit).administrator()) {
            return Optional.empty();
        }
        return organisation(visit, NAME).flatMap(organisation -> {
            String name = Json.text(organisation, NAME);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Remove an organisation",
                            Desk.heading("Remove the organisation ", name, "?"),
                            List.of(Show.note(
                                    "Its members lose their roles, and its robots are removed. Its repositories"
                                            + " stay. This cannot be undone.")),
                            Map.of(NAME, name),
                            "Remove",
                            desk.link(),
                            management -> management.delete(ORGANISATIONS, Map.of(NAME, name))));
        });
    }

    private Optional<PageAnswer> removeMember(Visit visit) {
        Optional<String> member = Desk.about(visit, MEMBER);
        return organisation(visit, ORGANISATION)
                .filter(organisation -> Json.objects(organisation.path("members")).stream()
                        .anyMatch(known ->
                                member.filter(Json.text(known, MEMBER)::equals).isPresent()))
                .flatMap(organisation -> {
                    String name = Json.text(organisation, NAME);
                    Map<String, String> about = Map.of(ORGANISATION, name, MEMBER, member.orElse(""));
                    return desk.ask(
                            visit,
                            REMOVE_MEMBER,
                            new Question(
                                    "Remove a member",
                                    Html.of(
                                            Desk.heading("Remove ", member.orElse(""), " from "),
                                            Desk.heading("", name, "?")),
                                    List.of(Show.note("The role in all repositories of the organisation is gone then;"
                                            + " grants stay.")),
                                    about,
                                    "Remove",
                                    link(name),
                                    management -> management.delete(MEMBERS, about)));
                });
    }
}
