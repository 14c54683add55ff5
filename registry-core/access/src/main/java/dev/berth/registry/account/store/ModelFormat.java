package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Format;
import dev.berth.registry.internal.objects.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a {@link Model} is written. */
final class ModelFormat implements Format<Model> {
    private static final String ORGANISATIONS = "organisations";
    private static final String TEAMS = "teams";
    private static final String GRANTS = "grants";
    private static final String COST = "highestPasswordCost";
    private static final String NAME = "name";
    private static final String MEMBERS = "members";

    @Override
    public Model read(JsonObject json) {
        Map<String, Model.Home> organisations = new LinkedHashMap<>();
        for (JsonObject organisation : json.objects(ORGANISATIONS)) {
            Map<Grantee, Role> members = new LinkedHashMap<>();
            organisation
                    .objects(MEMBERS)
                    .forEach(member -> members.put(
                            GranteeText.parse(member.requireString(NAME)), Words.parse(Role.class, member, "role")));
            organisations.put(
                    organisation.requireString(NAME),
                    new Model.Home(
                            organisation.requireString("id"),
                            Instant.parse(organisation.requireString("created")),
                            members));
        }
        Map<String, Set<Grantee>> teams = new LinkedHashMap<>();
        for (JsonObject team : json.objects(TEAMS)) {
            Set<Grantee> members = new LinkedHashSet<>();
            team.strings(MEMBERS).forEach(member -> members.add(GranteeText.parse(member)));
            teams.put(team.requireString(NAME), members);
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonObject grant : json.objects(GRANTS)) {
            grants.add(new Grant(
                    GranteeText.parse(grant.requireString("to")),
                    NamePattern.parse(grant.requireString("repositories")),
                    Words.parse(Role.class, grant, "role")));
        }
        return new Model(
                organisations, teams, grants, Math.toIntExact(json.integer(COST).orElse(0)));
    }

    @Override
    public void write(Model model, ObjectNode json) {
        ArrayNode organisations = json.putArray(ORGANISATIONS);
        model.organisations().forEach((name, organisation) -> {
            ObjectNode written = organisations
                    .addObject()
                    .put(NAME, name)
                    .put("id", organisation.id())
                    .put("created", organisation.created().toString());
            ArrayNode members = written.putArray(MEMBERS);
            organisation
                    .members()
                    .forEach((member, role) ->
                            members.addObject().put(NAME, member.toString()).put("role", Words.of(role)));
        });
        ArrayNode teams = json.putArray(TEAMS);
        model.teams().forEach((name, theirs) -> {
            ArrayNode members = teams.addObject().put(NAME, name).putArray(MEMBERS);
            theirs.forEach(member -> members.add(member.toString()));
        });
        ArrayNode grants = json.putArray(GRANTS);
        model.grants()
                .forEach(grant -> grants.addObject()
                        .put("to", grant.grantee().toString())
                        .put("repositories", grant.repositories().toString())
                        .put("role", Words.of(grant.role())));
        json.put(COST, model.highestCost());
    }
}
