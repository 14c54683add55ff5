package dev.berth.registry.rights;

import dev.berth.registry.access.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A caller with one kind of credentials.
 *
 * @param name says what it is
 * @param who the caller; empty for an anonymous one
 * @param authorization the {@code Authorization} fields that are sent
 * @param token the actions that a token is for; empty if it is none
 * @param refusal the status for credentials that are not good; empty for good ones
 */
record Login(
        String name, String who, List<String> authorization, Optional<Set<Action>> token, Optional<Integer> refusal) {

    static Login good(String name, String who, String... authorization) {
        return new Login(name, who, List.of(authorization), Optional.empty(), Optional.empty());
    }

    static Login bearer(String name, String who, Set<Action> actions, String token) {
        return new Login(name, who, List.of("Bearer " + token), Optional.of(actions), Optional.empty());
    }

    static Login bad(String name, int status, String... authorization) {
        return new Login(name, "", List.of(authorization), Optional.empty(), Optional.of(status));
    }

    boolean isAnonymous() {
        return who.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
