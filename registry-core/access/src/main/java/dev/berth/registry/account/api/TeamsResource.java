package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.management.Paging;
import dev.berth.registry.internal.management.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Teams and their members. */
final class TeamsResource {
    private final AccountStore store;
    private final AllRights rights;
    private final Resources.Changes changes;
    private final LastAdministrator last;

    TeamsResource(AccountStore store, AllRights rights, Resources.Changes changes, LastAdministrator last) {
        this.store = store;
        this.rights = rights;
        this.changes = changes;
        this.last = last;
    }

    List<Route> routes() {
        return List.of(
                Route.get("teams", this::list, "after", "limit"),
                Route.get("team", this::get, "name"),
                Route.post("teams", this::add, "name"),
                Route.delete("teams", this::remove, "name"),
                Route.post("team-members", this::addMember, "team", "member"),
                Route.delete("team-members", this::removeMember, "team", "member"));
    }

    private Answer list(Call call) {
        ObjectNode content = Answer.object();
        ArrayNode teams = content.putArray("teams");
        List<Map.Entry<String, Set<Grantee>>> visible = store.teams().entrySet().stream()
                .filter(team -> call.actor().managesTeam(team.getKey()))
                .toList();
        for (Map.Entry<String, Set<Grantee>> team : Paging.page(call, visible, Map.Entry::getKey, content)) {
            describe(team.getKey(), team.getValue(), teams.addObject());
        }
        return Answer.of(content);
    }

    private Answer get(Call call) {
        String name = manageable(call, "name");
        Set<Grantee> members = store.teams().get(name);
        if (members == null) {
            throw Call.missing("team '" + name + "'");
        }
        return Answer.of(describe(name, members, Answer.object()));
    }

    private static ObjectNode describe(String name, Set<Grantee> team, ObjectNode node) {
        ArrayNode members = node.put("name", name).putArray("members");
        team.stream().map(GranteeText::of).sorted().forEach(members::add);
        return node;
    }

    private Answer add(Call call) {
        String team = manageable(call, "name");
        changes.by(call.actor()).addTeam(team);
        return Answer.created(Answer.object().put("name", team));
    }

    private Answer remove(Call call) {
        String team = manageable(call, "name");
        last.keepWithoutTeam(call.actor(), team);
        if (!changes.by(call.actor()).removeTeam(team)) {
            throw Call.missing("team '" + team + "'");
        }
        return Answer.done();
    }

    private Answer addMember(Call call) {
        String team = manageable(call, "team");
        Grantee member = call.grantee("member");
        for (Grant grant : rights.of(Grantee.group(team))) {
            // Otherwise the administrator of an organisation would join what an administrator has given more to.
            call.require(
                    call.actor().administers(grant.repositories()),
                    Actor.neededIn(grant.repositories().toString()) + ", where the team has a role");
        }
        changes.by(call.actor()).addTeamMember(team, member);
        return Answer.done();
    }

    private Answer removeMember(Call call) {
        String team = manageable(call, "team");
        Grantee member = call.grantee("member");
        last.keepWithoutTeamMember(call.actor(), team, member);
        if (!changes.by(call.actor()).removeTeamMember(team, member)) {
            throw Call.missing("member " + GranteeText.of(member) + " of the team '" + team + "'");
        }
        return Answer.done();
    }

    private static String manageable(Call call, String field) {
        String team = call.text(field);
        call.require(
                call.actor().managesTeam(team),
                "an administrator of the registry, or of the organisation that the team's name begins with");
        return team;
    }
}
