package dev.berth.registry.access;

import java.util.Objects;

/**
 * A set of rights that is granted as a whole. Each role has the rights of the ones before it.
 *
 * @since 0.1
 */
public enum Role {
    /** May pull. */
    READER,

    /** May pull and push. Pushing includes moving a tag that exists. */
    WRITER,

    /** May pull, push and delete. */
    MAINTAINER,

    /** May do all of this, and change who may. */
    ADMIN;

    /** Returns whether the role includes the right to do this. */
    public boolean allows(Action action) {
        Role needed = switch (Objects.requireNonNull(action, "action")) {
            case PULL -> READER;
            case PUSH -> WRITER;
            case DELETE -> MAINTAINER;
        };
        return compareTo(needed) >= 0;
    }
}
