package dev.berth.registry.testing;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a token is good for, as Docker's token specification writes it: {@code repository:team/app:pull,push}.
 *
 * @param type what kind of thing it is, {@code repository} or {@code registry}
 * @param name which one
 * @param actions what may be done with it
 */
record TokenScope(String type, String name, Set<String> actions) {
    private static final String PULL = "pull";
    private static final String PUSH = "push";

    TokenScope {
        actions = Set.copyOf(actions);
    }

    /** Returns a scope, or empty if this is none. Names may have colons, so the outer ones count. */
    static Optional<TokenScope> parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        return first < 1 || first == last
                ? Optional.empty()
                : Optional.of(new TokenScope(
                        text.substring(0, first),
                        text.substring(first + 1, last),
                        new TreeSet<>(List.of(text.substring(last + 1).split(",")))));
    }

    /** Returns what a request needs: nothing beyond being known at the address of the ping. */
    static List<TokenScope> neededFor(RegistryRequest request) {
        ApiPath path = RequestPattern.path(request);
        List<TokenScope> needed = new ArrayList<>();
        if (path.resource() == ApiResource.CATALOG) {
            needed.add(new TokenScope("registry", "catalog", Set.of("*")));
        } else if (!path.name().isEmpty()) {
            addRepository(needed, path.name(), actions(request.method(), path.resource()));
        }
        if (path.resource() == ApiResource.UPLOADS) {
            // What is mounted is read elsewhere.
            QueryParameters.parse(request.query().orElse(""))
                    .first("from")
                    .ifPresent(from -> addRepository(needed, from, Set.of(PULL)));
        }
        return needed;
    }

    /** What is not a name needs no rights: the registry says what is wrong with it. */
    private static void addRepository(List<TokenScope> needed, String name, Set<String> actions) {
        try {
            needed.add(new TokenScope("repository", RepositoryName.parse(name).value(), actions));
        } catch (IllegalArgumentException e) {
            // Nothing can be there to be protected.
        }
    }

    private static Set<String> actions(String method, ApiResource resource) {
        boolean upload = resource == ApiResource.UPLOADS || resource == ApiResource.UPLOAD;
        return switch (method) {
            case "GET", "HEAD" -> upload ? Set.of(PULL, PUSH) : Set.of(PULL);
            case "DELETE" -> upload ? Set.of(PULL, PUSH) : Set.of("delete");
            default -> Set.of(PULL, PUSH);
        };
    }

    /** Returns whether everything in the other one is in this one. */
    boolean includes(TokenScope other) {
        return type.equals(other.type)
                && name.equals(other.name)
                && (actions.contains("*") || actions.containsAll(other.actions));
    }

    @Override
    public String toString() {
        return type + ":" + name + ":" + String.join(",", new TreeSet<>(actions));
    }
}
