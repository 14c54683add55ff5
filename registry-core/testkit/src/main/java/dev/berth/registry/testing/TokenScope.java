package dev.berth.registry.testing;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.RequestedAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A scope of a token, in the grammar of Docker's token specification: {@code repository:team/app:pull,push}.
 *
 * @param type the type of the resource, {@code repository} or {@code registry}
 * @param name the name of the resource
 * @param actions the allowed actions
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

    /** Returns the scopes that an access needs: none for the ping and for what is beside the API. */
    static List<TokenScope> neededFor(RequestedAccess access) {
        List<TokenScope> needed = new ArrayList<>();
        switch (access.action()) {
            case PING, ROUTE -> {
                // Any token will do.
            }
            case CATALOG -> needed.add(new TokenScope("registry", "catalog", Set.of("*")));
            case PULL -> needed.add(ofRepository(access.repository(), PULL));
            case DELETE -> needed.add(ofRepository(access.repository(), "delete"));
            default -> needed.add(ofRepository(access.repository(), PULL, PUSH));
        }
        if (access.mountSource().isPresent()) {
            needed.add(ofRepository(access.mountSource(), PULL));
        }
        return needed;
    }

    private static TokenScope ofRepository(Optional<RepositoryName> repository, String... actions) {
        return new TokenScope("repository", repository.orElseThrow().value(), Set.of(actions));
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
