package dev.berth.registry.rights;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import java.util.EnumSet;
import java.util.Set;

/** What the rights table says about a case: written down once more, without the code that it is to check. */
enum Expectation {
    /** The operation is carried out. */
    DONE,
    /** Who is not known, or has credentials that are not good, is asked for others: 401. */
    CHALLENGED,
    /** A token that is not for this is to be replaced by one that is: 401 with insufficient_scope. */
    ANOTHER_TOKEN,
    /** Who is known and may not: 403. */
    DENIED,
    /** Which credentials count is not clear: 400. */
    REFUSED;

    private static final Set<Action> READER = EnumSet.of(Action.PULL);
    private static final Set<Action> WRITER = EnumSet.of(Action.PULL, Action.PUSH);
    private static final Set<Action> MAINTAINER = EnumSet.allOf(Action.class);
    private static final Set<Action> NOTHING = EnumSet.noneOf(Action.class);

    /** Returns what a caller may do in a repository. */
    static Set<Action> rights(String who, RepositoryName repository) {
        String place = repository.value().substring(0, repository.value().indexOf('/'));
        return switch (place) {
            case "public" -> who.equals("robot") ? NOTHING : READER;
            case "team" ->
                switch (who) {
                    case "reader", "personal token" -> READER;
                    case "writer" -> WRITER;
                    case "maintainer" -> MAINTAINER;
                    case "robot" -> repository.equals(Content.TEAM) ? WRITER : NOTHING;
                    default -> NOTHING;
                };
            default -> who.equals("owner") ? MAINTAINER : NOTHING;
        };
    }

    static Expectation of(Route route, Login login, RepositoryName repository) {
        if (login.refusal().isPresent()) {
            return login.refusal().get() == 400 ? REFUSED : CHALLENGED;
        }
        boolean byToken = login.token().isPresent();
        if (route.right() == Right.PING) {
            return login.isAnonymous() && !byToken ? CHALLENGED : DONE;
        }
        if (route.right() == Right.CATALOGUE) {
            return byToken && !login.token().get().equals(MAINTAINER) ? ANOTHER_TOKEN : DONE;
        }
        Action action = route.right().action().orElseThrow();
        boolean may = rights(login.who(), repository).contains(action);
        if (may && byToken && !login.token().get().contains(action)) {
            return ANOTHER_TOKEN;
        }
        if (may) {
            return DONE;
        }
        return !login.isAnonymous() ? DENIED : byToken ? ANOTHER_TOKEN : CHALLENGED;
    }
}
