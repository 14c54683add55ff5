package dev.berth.registry.contract;

import org.junit.jupiter.api.Nested;

/**
 * The contract of registries with the rules about races: several threads that push, read, delete, tag or upload the same
 * thing at the same time. For registries that decide such races, which are those that store, and for clients of a remote
 * one. A registry that passes calls on to another one keeps {@link RegistryContract}.
 */
public abstract class RegistryRaceContract extends RegistryContract {

    /** For subclasses. */
    protected RegistryRaceContract() {}

    /** The number of threads that race for one thing. */
    protected int racers() {
        return 16;
    }

    /** How many times a race is run. */
    protected int rounds() {
        return 5;
    }

    @Nested
    class RacingForBlobs extends BlobRaceRules {
        RacingForBlobs() {
            super(RegistryRaceContract.this);
        }
    }

    @Nested
    class RacingForManifests extends ManifestRaceRules {
        RacingForManifests() {
            super(RegistryRaceContract.this);
        }
    }

    @Nested
    class RacingForTags extends TagRaceRules {
        RacingForTags() {
            super(RegistryRaceContract.this);
        }
    }
}
