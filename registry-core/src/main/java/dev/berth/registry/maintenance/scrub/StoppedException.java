package dev.berth.registry.maintenance.scrub;

import java.io.IOException;

/** The run was stopped, or another process has taken the round over. */
final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean elsewhere;

    StoppedException(boolean elsewhere) {
        super(elsewhere ? "Another process goes on with this round of the scrub" : "The scrub was stopped");
        this.elsewhere = elsewhere;
    }

    boolean elsewhere() {
        return elsewhere;
    }
}
