package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.management.Paging;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Grants: who has which role where. A grant for everyone makes repositories public. */
final class GrantsResource {
    private final AccountStore store;
    private final AllRights rights;
    private final Resources.Changes changes;
    private final LastAdministrator last;
    private final AllGrants grants;

    GrantsResource(
            AccountStore store, AllRights rights, AllGrants grants, Resources.Changes changes, LastAdministrator last) {
        this.store = store;
        this.rights = rights;
        this.grants = grants;
        this.changes = changes;
        this.last = last;
    }

    List<Route> routes() {
        return List.of(
                Route.get("grants", this::list, "to", "repositories", "after", "limit"),
                Route.post("grants", this::add, "to", "repositories", "role"),
                Route.delete("grants", this::remove, "to", "repositories", "role"));
    }

    private Answer list(Call call) {
        List<NamePattern> administered = call.actor().administered();
        List<SourcedGrant> visible = grants.all().stream()
                .filter(wanted(call))
                .filter(grant -> administered.stream()
                        .anyMatch(pattern -> pattern.includes(grant.grant().repositories())))
                .toList();
        ObjectNode content = Answer.object();
        ArrayNode described = content.putArray("grants");
        Paging.page(call, visible, SourcedGrant::text, content).forEach(grant -> grant.describe(described.addObject()));
        return Answer.of(content);
    }

    private static Predicate<SourcedGrant> wanted(Call call) {
        Optional<Grantee> to = call.find("to").map(GranteeText::parse);
        Optional<NamePattern> repositories = call.find("repositories").map(NamePattern::parse);
        return grant ->
                to.filter(wanted -> !wanted.equals(grant.grant().grantee())).isEmpty()
                        && repositories
                                .filter(wanted -> !wanted.equals(grant.grant().repositories()))
                                .isEmpty();
    }

    private Answer add(Call call) {
        Grant grant = manageable(call);
        requireSensible(grant.grantee(), grant.role());
        changes.by(call.actor()).grant(grant);
        return Answer.created(new SourcedGrant(grant, "store").describe(Answer.object()));
    }

    private Answer remove(Call call) {
        Grant grant = manageable(call);
        last.keepWithoutGrant(call.actor(), grant);
        if (!changes.by(call.actor()).revoke(grant)) {
            throw Call.missing("grant by which " + GranteeText.of(grant.grantee()) + " has the role "
                    + Words.of(grant.role()) + " in " + grant.repositories() + whereElse(grant));
        }
        return Answer.done();
    }

    private String whereElse(Grant grant) {
        if (Organisations.memberships(store.organisations()).contains(grant)) {
            return "; it comes from a membership in the organisation: remove the member there";
        }
        return rights.configured().all().contains(grant) ? "; it stands in the configuration: remove it there" : "";
    }

    private static Grant manageable(Call call) {
        NamePattern repositories = call.pattern("repositories");
        call.require(call.actor().administers(repositories), Actor.neededIn(repositories.toString()));
        return new Grant(call.grantee("to"), repositories, call.role("role"));
    }

    /** Refuses what nobody means: strangers who delete, everybody an administrator. */
    static void requireSensible(Grantee grantee, Role role) {
        if (grantee.equals(Grantee.everyone()) && role.compareTo(Role.WRITER) > 0) {
            throw Fields.invalid("Everyone, strangers included, may have the role reader or writer");
        }
        if (grantee.equals(Grantee.authenticated()) && role == Role.ADMIN) {
            throw Fields.invalid("Not everybody who logs in can be an administrator; name them, or a team");
        }
    }
}
