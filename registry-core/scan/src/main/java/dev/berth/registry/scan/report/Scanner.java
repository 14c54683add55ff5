package dev.berth.registry.scan.report;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;

/**
 * Something that tells what is known against an image: Berth's own scanner, or another program. To be implemented by
 * applications, too. Implementations are thread-safe.
 *
 * @since 0.1
 */
public interface Scanner {

    /** Returns name and version, for people: {@code Berth 0.1}. */
    String name();

    /**
     * Scans an image for one platform. May take minutes; ends soon when the thread is interrupted.
     *
     * @param repository the repository that has it
     * @param image its manifest
     * @throws UnscannableException if it is nothing that this scanner can look into, now or later
     * @throws dev.berth.registry.RegistryException if the registry or the scanner fails; another try may succeed
     */
    ScanReport scan(Repository repository, Manifest image) throws UnscannableException;
}
