package dev.berth.registry.simulation;

/** The process of an actor has died. An error, so that no part of the code under test takes it for a failure of the store. */
final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died() {
        super("died", null, false, false);
    }
}
