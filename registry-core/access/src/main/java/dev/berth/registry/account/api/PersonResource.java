package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.Person;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.server.Caller;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of a person, who may be of a directory, an issuer, or nobody that has come yet. */
final class PersonResource {
    private final AccountStore store;
    private final AllRights rights;
    private final AllGrants grants;
    private final KnownAccounts accounts;

    PersonResource(AccountStore store, AllRights rights, AllGrants grants, KnownAccounts accounts) {
        this.store = store;
        this.rights = rights;
        this.grants = grants;
        this.accounts = accounts;
    }

    List<Route> routes() {
        return List.of(Route.get("person", this::describe, "name"));
    }

    private Answer describe(Call call) {
        call.requireAdministrator();
        String name = call.text("name");
        if (name.indexOf(':') >= 0) {
            // It could be a subject of another kind, such as that of a token.
            throw Fields.invalid("The name of a person has no colon, unlike '" + name + "'");
        }
        Optional<Person> stored = store.person(name);
        Optional<Caller> known = accounts.person(name);
        Caller caller = known.orElseGet(() -> Caller.named(name));
        ObjectNode content = Answer.object()
                .put("name", name)
                .put("stored", stored.isPresent())
                .put("known", known.isPresent() || stored.isPresent());
        stored.ifPresent(
                person -> content.put("created", person.created().toString()).put("disabled", person.disabled()));
        ArrayNode groups = content.putArray("groups");
        rights.groups(caller).forEach(group -> groups.add(GranteeText.of(Grantee.group(group))));
        content.put("administrator", rights.administers(caller, NamePattern.all()));
        ArrayNode described = content.putArray("grants");
        Set<Grantee> identities = identities(caller);
        grants.all().stream()
                .filter(grant -> identities.contains(grant.grant().grantee()))
                .sorted(Comparator.comparing(SourcedGrant::text))
                .forEach(grant -> grant.describe(described.addObject()));
        return Answer.of(content);
    }

    private Set<Grantee> identities(Caller caller) {
        Set<Grantee> identities = new HashSet<>(Grantee.of(caller));
        rights.groups(caller).forEach(group -> identities.add(Grantee.group(group)));
        return identities;
    }
}
