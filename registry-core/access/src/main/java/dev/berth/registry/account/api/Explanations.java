package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.GranteeText;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.objects.Words;
import dev.berth.registry.server.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Says who may do what, and why. */
final class Explanations {
    /** Whoever has more is told these. */
    private static final int MOST_OWN_GRANTS = 500;

    private final AllRights rights;
    private final AccountStore store;
    private final KnownAccounts accounts;

    Explanations(AllRights rights, AccountStore store, KnownAccounts accounts) {
        this.rights = rights;
        this.store = store;
        this.accounts = accounts;
    }

    List<Route> routes() {
        return List.of(Route.get("whoami", this::whoAmI), Route.get("explain", this::explain, "caller", "repository"));
    }

    private Answer whoAmI(Call call) {
        ObjectNode content = Answer.object().put("name", call.actor().name());
        ArrayNode groups = content.putArray("groups");
        call.actor().groups().forEach(group -> groups.add(GranteeText.of(Grantee.group(group))));
        content.put("administrator", call.actor().isAdministrator());
        content.put("hasPassword", store.person(call.actor().name()).isPresent());
        ArrayNode administers = content.putArray("administers");
        call.actor().administered().forEach(pattern -> administers.add(pattern.toString()));
        ArrayNode grants = content.putArray("grants");
        addOwn(rights.stored(), sourceInStore(), call.actor().caller(), grants);
        addOwn(rights.configured(), grant -> "configuration", call.actor().caller(), grants);
        return Answer.of(content);
    }

    private static void addOwn(
            Grants grants, Function<Grant, String> source, Caller caller, ArrayNode described) {
        Set<Grantee> identities = Grantee.of(grants.teams().join(caller));
        grants.all().stream()
                .filter(grant -> identities.contains(grant.grantee()))
                .limit(Math.max(0, MOST_OWN_GRANTS - described.size()))
                .forEach(grant -> new SourcedGrant(grant, source.apply(grant)).describe(described.addObject()));
    }

    private Answer explain(Call call) {
        String name = call.text("caller");
        RepositoryName repository = call.repository("repository");
        if (name.indexOf(':') >= 0) {
            // It could be a subject of another kind, such as that of a token.
            throw Fields.invalid("A caller is everyone, or the name of a user or a robot, unlike '" + name + "'");
        }
        boolean everyone = name.equals("everyone") || name.equals("anonymous");
        call.require(
                everyone || call.actor().is(name) || call.actor().administers(NamePattern.exactly(repository)),
                Actor.neededIn(repository + " to ask about somebody else"));
        Optional<Caller> known = everyone ? Optional.of(Caller.anonymous()) : accounts.find(name);
        Caller caller = known.orElseGet(() -> Caller.named(name));
        ObjectNode content = Answer.object()
                .put("caller", everyone ? "everyone" : name)
                .put("known", known.isPresent())
                .put("repository", repository.value());
        ArrayNode may = content.putArray("may");
        for (Action action : Action.values()) {
            if (allows(caller, action, repository)) {
                may.add(action.name().toLowerCase(Locale.ROOT));
            }
        }
        ArrayNode grants = content.putArray("grants");
        add(rights.stored(), sourceInStore(), caller, repository, grants);
        add(rights.configured(), grant -> "configuration", caller, repository, grants);
        addLimit(caller, content);
        return Answer.of(content);
    }

    /** Returns whether the caller may do this, within the limit of its credentials. */
    private boolean allows(Caller caller, Action action, RepositoryName repository) {
        return caller.isWithinLimit(action.in(repository))
                && AccessPolicy.anyOf(List.of(store.policy(), rights.configured()))
                        .allows(caller, action, repository);
    }

    /** What the store has and nobody has granted is of an organisation, such as a membership. */
    private Function<Grant, String> sourceInStore() {
        Set<Grant> granted = Set.copyOf(store.storedGrants());
        return grant -> granted.contains(grant) ? "store" : "organisation";
    }

    private static void add(
            Grants grants, Function<Grant, String> source, Caller caller, RepositoryName repository, ArrayNode described) {
        for (Grant grant : grants.of(caller, repository)) {
            ObjectNode node = new SourcedGrant(grant, source.apply(grant)).describe(described.addObject());
            if (grant.grantee() instanceof Grantee.Group team) {
                ArrayNode because = node.putArray("memberAs");
                Grantee.of(caller).stream()
                        .filter(grants.teams().members(team.name())::contains)
                        .map(GranteeText::of)
                        .forEach(because::add);
            }
        }
    }

    private static void addLimit(Caller caller, ObjectNode content) {
        caller.limit()
                .filter(NameLimit.class::isInstance)
                .map(NameLimit.class::cast)
                .ifPresent(limit -> {
                    ObjectNode node = content.putObject("limit");
                    ArrayNode patterns = node.putArray("repositories");
                    limit.repositories().patterns().forEach(pattern -> patterns.add(pattern.toString()));
                    node.put("role", Words.of(limit.role()));
                });
    }
}
