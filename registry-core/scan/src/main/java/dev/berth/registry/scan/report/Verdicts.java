package dev.berth.registry.scan.report;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;

/**
 * Where the verdicts about images are. Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Verdicts {

    /**
     * Returns what is known of an image for one platform.
     *
     * @param repository the repository that has it
     * @param image the digest of its manifest
     * @return the verdict; {@link Verdict#unscanned()} if nobody has asked for a scan
     * @throws dev.berth.registry.RegistryException if the place where they are kept fails
     */
    Verdict of(RepositoryName repository, Digest image);
}
