package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import java.util.Comparator;
import java.util.List;

/**
 * Who has which role in one repository, by whatever pattern. Whoever administers the repository is told, also of grants in
 * more than that: by these, others come to it.
 */
final class WhoMay {
    private final AllGrants grants;

    WhoMay(AllGrants grants) {
        this.grants = grants;
    }

    List<Route> routes() {
        return List.of(Route.get("who-may", this::list, "repository"));
    }

    private Answer list(Call call) {
        RepositoryName repository = call.repository("repository");
        call.require(
                call.actor().administers(NamePattern.exactly(repository)),
                Actor.neededIn(repository + " to be told who may do something there"));
        List<SourcedGrant> here = grants.all().stream()
                .filter(grant -> grant.grant().repositories().matches(repository))
                .sorted(Comparator.<SourcedGrant, Role>comparing(
                                grant -> grant.grant().role())
                        .reversed()
                        .thenComparing(SourcedGrant::text))
                .toList();
        ObjectNode content = Answer.object()
                .put("repository", repository.value())
                .put(
                        "public",
                        here.stream().anyMatch(grant -> grant.grant().grantee().equals(Grantee.everyone())));
        ArrayNode described = content.putArray("grants");
        for (SourcedGrant grant : here) {
            ObjectNode node = grant.describe(described.addObject());
            if (grant.grant().grantee() instanceof Grantee.Group) {
                ArrayNode members = node.putArray("members");
                grants.members(grant.grant().grantee()).forEach(members::add);
            }
        }
        return Answer.of(content);
    }
}
