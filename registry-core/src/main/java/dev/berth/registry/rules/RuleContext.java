package dev.berth.registry.rules;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What rules ask when they are evaluated. Immutable.
 *
 * @param facts when tags were set, and what names a manifest; of the registry behind all wrappers
 * @param pulls when images were last pulled
 * @param clock tells the time
 * @since 0.1
 */
public record RuleContext(RepositoryFacts facts, LastPulls pulls, InstantSource clock) {

    /** Checks that the parts are there. */
    public RuleContext {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(pulls, "pulls");
        Objects.requireNonNull(clock, "clock");
    }

    /** Returns the context of a registry that keeps its content in a store. No pulls are known. */
    public static RuleContext of(StorageRegistry registry) {
        return new RuleContext(RepositoryFacts.of(registry), LastPulls.unknown(), InstantSource.system());
    }

    /** Returns the context of any registry: {@link RepositoryFacts#ofAny}. No pulls are known. */
    public static RuleContext ofAny(Registry registry) {
        return new RuleContext(RepositoryFacts.ofAny(registry), LastPulls.unknown(), InstantSource.system());
    }

    /** Returns this context with what tells the last pulls. */
    public RuleContext withPulls(LastPulls newPulls) {
        return new RuleContext(facts, newPulls, clock);
    }

    /** Returns this context with another clock. */
    public RuleContext withClock(InstantSource newClock) {
        return new RuleContext(facts, pulls, newClock);
    }
}
