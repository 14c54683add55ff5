package dev.berth.registry.rights;

import dev.berth.registry.access.Action;
import java.util.Optional;

/** What an operation needs, in the terms of the rights table. */
enum Right {
    /** To have logged in. */
    PING(null),
    /** Nothing: whoever asks sees what it may pull. */
    CATALOGUE(null),
    PULL(Action.PULL),
    PUSH(Action.PUSH),
    DELETE(Action.DELETE);

    private final Action action;

    Right(Action action) {
        this.action = action;
    }

    Optional<Action> action() {
        return Optional.ofNullable(action);
    }
}
