package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.PersonalToken;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import java.time.InstantSource;
import java.util.List;

/** Personal tokens: secrets that people use instead of the password. */
final class PersonalTokens {
    private final AccountStore store;
    private final Resources.Changes changes;
    private final InstantSource clock;

    PersonalTokens(AccountStore store, Resources.Changes changes, InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("tokens", this::list, "owner"),
                Route.post("tokens", this::add, "owner", "description", "repositories", "role", "expires"),
                Route.delete("tokens", this::remove, "owner", "id"));
    }

    private Answer list(Call call) {
        ObjectNode content = Answer.object();
        ArrayNode tokens = content.putArray("tokens");
        store.personalTokens(manageable(call)).forEach(token -> describe(token, tokens.addObject()));
        return Answer.of(content);
    }

    private static void describe(PersonalToken token, ObjectNode node) {
        node.put("id", token.id()).put("owner", token.owner()).put("description", token.description());
        ArrayNode patterns = node.putArray("repositories");
        token.repositories().forEach(pattern -> patterns.add(pattern.toString()));
        node.put("role", Words.of(token.role()));
        token.expires().ifPresent(time -> node.put("expires", time.toString()));
        token.lastUsed().ifPresent(time -> node.put("lastUsed", time.toString()));
    }

    private Answer add(Call call) {
        String owner = manageable(call);
        call.requireSame(store.ownerCaller(owner));
        return Robots.secret(changes.by(call.actor())
                .addPersonalToken(
                        owner,
                        call.find("description").orElse(""),
                        call.patterns("repositories"),
                        call.limitedRole("role"),
                        call.expiry("expires", clock)));
    }

    private Answer remove(Call call) {
        String owner = manageable(call);
        String id = call.text("id");
        if (!changes.by(call.actor()).removePersonalToken(owner, id)) {
            throw Call.missing("personal token '" + id + "' of '" + owner + "'");
        }
        return Answer.done();
    }

    private static String manageable(Call call) {
        String owner = call.ownName("owner");
        call.require(
                call.actor().is(owner) || call.actor().isAdministrator(),
                Actor.neededIn("** for the personal tokens of somebody else"));
        return owner;
    }
}
