package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.Organisation;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.management.Paging;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Organisations, and the roles of their members in all of their repositories. */
final class Organisations {
    private final AccountStore store;
    private final Resources.Changes changes;

    Organisations(AccountStore store, Resources.Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    List<Route> routes() {
        return List.of(
                Route.get("organisations", this::list, "after", "limit"),
                Route.get("organisation", this::get, "name"),
                Route.post("organisations", this::add, "name"),
                Route.delete("organisations", this::remove, "name"),
                Route.put("members", this::setMember, "organisation", "member", "role"),
                Route.delete("members", this::removeMember, "organisation", "member"));
    }

    /** Everybody sees those that the own account administers: for most, that is none. */
    private Answer list(Call call) {
        ObjectNode content = Answer.object();
        ArrayNode organisations = content.putArray("organisations");
        List<Organisation> visible = store.organisations().stream()
                .filter(organisation -> call.actor().administersOrganisation(organisation.name()))
                .toList();
        Paging.page(call, visible, Organisation::name, content)
                .forEach(organisation -> describe(organisation, organisations.addObject()));
        return Answer.of(content);
    }

    private Answer get(Call call) {
        String name = manageable(call, "name");
        Organisation organisation =
                store.organisation(name).orElseThrow(() -> Call.missing("organisation '" + name + "'"));
        return Answer.of(describe(organisation, Answer.object()));
    }

    private static ObjectNode describe(Organisation organisation, ObjectNode node) {
        node.put("name", organisation.name());
        ArrayNode members = node.putArray("members");
        organisation.members().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Grantee, Role> member) -> GranteeText.of(member.getKey())))
                .forEach(member -> members.addObject()
                        .put("member", GranteeText.of(member.getKey()))
                        .put("role", Words.of(member.getValue())));
        return node;
    }

    private Answer add(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        changes.by(call.actor()).addOrganisation(name);
        return Answer.created(Answer.object().put("name", name));
    }

    private Answer remove(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        if (!changes.by(call.actor()).removeOrganisation(name)) {
            throw Call.missing("organisation '" + name + "'");
        }
        return Answer.done();
    }

    private Answer setMember(Call call) {
        String organisation = manageable(call, "organisation");
        Grantee member = call.grantee("member");
        Role role = call.role("role");
        GrantsResource.requireSensible(member, role);
        changes.by(call.actor()).setMember(organisation, member, role);
        return Answer.done();
    }

    private Answer removeMember(Call call) {
        String organisation = manageable(call, "organisation");
        Grantee member = call.grantee("member");
        if (!changes.by(call.actor()).removeMember(organisation, member)) {
            throw Call.missing("member " + GranteeText.of(member) + " of '" + organisation + "'");
        }
        return Answer.done();
    }

    private static String manageable(Call call, String field) {
        String organisation = call.text(field);
        call.require(call.actor().administersOrganisation(organisation), Actor.neededIn(organisation + "/**"));
        return organisation;
    }

    /** Returns the grants that memberships are. */
    static List<Grant> memberships(List<Organisation> organisations) {
        return organisations.stream()
                .flatMap(organisation -> organisation.members().entrySet().stream()
                        .map(member -> new Grant(
                                member.getKey(), NamePattern.parse(organisation.name() + "/**"), member.getValue())))
                .toList();
    }
}
