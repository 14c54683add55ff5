package dev.berth.registry.scan.gate;

import dev.berth.registry.RegistryException;

/**
 * Is told what a gate decides: for audits, metrics, logs. Thread-safe.
 *
 * <p>It is called in the way of requests, so it should be quick and must not block. What it throws is logged and changes nothing.
 * Methods may be added; each does nothing by default.
 *
 * @since 0.1
 */
public interface GateListener {

    /** Something was refused. */
    default void refused(GateRefusal refusal) {}

    /** Something would have been refused, by a rule that only tells. */
    default void wouldRefuse(GateRefusal refusal) {}

    /**
     * Something could not be judged. It was handed out if the rule says so, or only tells; otherwise it was refused for now.
     *
     * @param unjudged what was asked for; its reason says what failed
     * @param allowed whether it was handed out
     */
    default void unjudged(GateRefusal unjudged, boolean allowed, RegistryException failure) {}

    /** Returns a listener that does nothing. */
    static GateListener none() {
        return new GateListener() {};
    }
}
