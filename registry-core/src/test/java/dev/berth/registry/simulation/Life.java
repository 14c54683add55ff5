package dev.berth.registry.simulation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A process, or a thread in one: until it dies. */
final class Life {
    /** The name of the process, which no later one has. */
    final String process;

    /** What it does at this moment. */
    History.@Nullable Operation doing;

    private boolean dead;

    Life(String process) {
        this.process = process;
    }

    /** Returns a process of its own. */
    static Life of(long name) {
        return new Life(new UUID(0, name).toString());
    }

    void end() {
        dead = true;
    }

    boolean dead() {
        return dead;
    }

    /** Fails if it has ended. */
    void requireAlive() {
        if (dead) {
            throw new Died();
        }
    }
}
