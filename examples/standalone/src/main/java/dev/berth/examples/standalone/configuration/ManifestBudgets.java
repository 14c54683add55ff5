package dev.berth.examples.standalone.configuration;

import dev.berth.registry.engine.StorageOptions;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What manifests may take in the engine. What is empty is not set.
 *
 * @param largest the size of the largest manifest, in bytes
 * @param memory the memory for reading and parsing them, in bytes
 * @param cache the memory for those that are kept for the next readers, in bytes; 0 keeps none
 */
public record ManifestBudgets(OptionalInt largest, OptionalLong memory, OptionalLong cache) {
    /** Sets what is set here. */
    public void applyTo(StorageOptions.Builder options) {
        largest.ifPresent(options::maxManifestBytes);
        memory.ifPresent(options::manifestMemory);
        cache.ifPresent(options::manifestCacheBytes);
    }
}
