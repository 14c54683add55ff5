package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;

/**
 * Is told of images that should be scanned, since somebody asked for them and they were not, or too long ago. It is called in
 * the way of a request, again every few seconds while that is so: it should be quick, and start nothing twice. What it throws
 * is logged and changes nothing. Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ScanRequests {

    /**
     * Asks for a scan.
     *
     * @param repository the repository of the image
     * @param image the digest of its manifest: of one image, not of an index
     */
    void scan(RepositoryName repository, Digest image);
}
