package dev.berth.registry.token;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RequestedAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Scopes of Docker's token specification, in terms of access. */
final class Scopes {
    private static final String REPOSITORY = "repository";
    private static final String EVERYTHING = "*";

    /** What is beside the API, such as the management of accounts: no token for images is good for it. */
    private static final Scope ROUTES = Scope.of("registry", "access", EVERYTHING);

    private Scopes() {}

    /** Returns the scopes that a request needs: none for the ping. */
    static ScopeSet needed(RequestedAccess access) {
        ScopeSet needed = switch (access.action()) {
            case CATALOG -> ScopeSet.of(Scope.ofCatalog());
            case PULL -> ScopeSet.pull(access.repository().orElseThrow());
            case PUSH -> ScopeSet.push(access.repository().orElseThrow());
            case DELETE ->
                ScopeSet.of(Scope.ofRepository(access.repository().orElseThrow().value(), word(Action.DELETE)));
            case ROUTE -> ScopeSet.of(ROUTES);
            default -> ScopeSet.none();
        };
        return access.mountSource()
                .map(source -> needed.and(ScopeSet.pull(source)))
                .orElse(needed);
    }

    /**
     * Parses the scopes that a client asks for: several parameters, or several scopes in one, separated by spaces.
     * {@code repository(plugin)} is the same as {@code repository}.
     */
    static ScopeSet requested(List<String> parameters) {
        List<Scope> scopes = new ArrayList<>();
        for (Scope scope : ScopeSet.parse(String.join(" ", parameters)).scopes()) {
            int plugin = scope.type().indexOf('(');
            scopes.add(
                    plugin > 0 ? new Scope(scope.type().substring(0, plugin), scope.name(), scope.actions()) : scope);
        }
        return new ScopeSet(scopes);
    }

    /** Returns the part of scopes that a caller has: what the policy allows within the limit of the caller. */
    static ScopeSet granted(ScopeSet requested, Caller caller, AccessPolicy policy) {
        List<Scope> granted = new ArrayList<>();
        for (Scope scope : requested.scopes()) {
            if (scope.type().equals(REPOSITORY)) {
                grantedActions(scope, caller, policy).ifPresent(granted::add);
            } else if (Scope.ofCatalog().covers(scope) && caller.isWithinLimit(RequestedAccess.catalog())) {
                // A Docker Engine that searches asks for the action 'search', which finds what the catalogue lists.
                granted.add(Scope.ofCatalog());
            } else if (ROUTES.covers(scope) && mayUseRoutes(caller)) {
                granted.add(scope);
            }
        }
        return new ScopeSet(granted);
    }

    /** What somebody may do there is decided there. */
    private static boolean mayUseRoutes(Caller caller) {
        return !caller.isAnonymous() && caller.isWithinLimit(RequestedAccess.route("/"));
    }

    /** Returns whether some scopes have one of those that are needed, which others lack. */
    static boolean hasMore(ScopeSet some, ScopeSet others, ScopeSet needed) {
        return needed.scopes().stream().map(ScopeSet::of).anyMatch(each -> some.covers(each) && !others.covers(each));
    }

    private static Optional<Scope> grantedActions(Scope scope, Caller caller, AccessPolicy policy) {
        RepositoryName repository;
        try {
            repository = RepositoryName.parse(scope.name());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        TreeSet<String> actions = new TreeSet<>();
        for (Action action : Action.values()) {
            String word = word(action);
            boolean asked = scope.actions().contains(word) || scope.actions().contains(EVERYTHING);
            if (asked && caller.isWithinLimit(action.in(repository)) && policy.allows(caller, action, repository)) {
                actions.add(word);
            }
        }
        return actions.isEmpty() ? Optional.empty() : Optional.of(new Scope(REPOSITORY, repository.value(), actions));
    }

    private static String word(Action action) {
        return switch (action) {
            case PULL -> "pull";
            case PUSH -> "push";
            case DELETE -> "delete";
        };
    }
}
