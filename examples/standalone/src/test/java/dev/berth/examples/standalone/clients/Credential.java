package dev.berth.examples.standalone.clients;

import java.util.Set;

/** By what clients of a {@link TeamRegistry} log in. */
enum Credential {
    /** A password of an htpasswd file, with every request: who has one may do everything, and nothing is public. */
    HTPASSWD("alice", Right.PULL, Right.PUSH, Right.EVERYWHERE),

    /** A password, for tokens. */
    PASSWORD("alice", Right.PULL, Right.PUSH),

    /** The secret of a robot that may push. */
    ROBOT("acme+ci", Right.PULL, Right.PUSH),

    /** A personal token that is good for pulls. */
    PERSONAL_TOKEN("alice", Right.PULL);

    private final String user;
    private final Set<Right> rights;

    Credential(String user, Right... rights) {
        this.user = user;
        this.rights = Set.of(rights);
    }

    private enum Right {
        PULL,
        PUSH,
        EVERYWHERE
    }

    String user() {
        return user;
    }

    /** Returns whether it is shown to a token service. Otherwise it is sent with each request, and nothing is public. */
    boolean isForTokens() {
        return this != HTPASSWD;
    }

    /** Returns whether it is good for pushes to {@link TeamRegistry#TEAM}. */
    boolean mayPush() {
        return rights.contains(Right.PUSH);
    }

    /** Returns whether it is good for {@link TeamRegistry#SECRET} too. */
    boolean mayDoEverything() {
        return rights.contains(Right.EVERYWHERE);
    }
}
