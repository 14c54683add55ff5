package dev.berth.registry.storage.fs;

import java.io.IOException;

/** A step of a change. */
@FunctionalInterface
interface Step {
    /** Returns whether something was changed. */
    boolean run() throws IOException;
}
