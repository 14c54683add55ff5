package dev.berth.examples.standalone.configuration.trust;

import dev.berth.registry.access.NamePattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How images are scanned.
 *
 * @param advisories where the advisories come from
 * @param repositories which repositories are scanned by themselves; all if there are none
 * @param onPush whether what is pushed is scanned at once
 * @param every after which time an image is scanned again
 * @param parallel how many images are scanned at a time
 * @param sbom whether an SBOM is put beside each image that was scanned
 */
public record ScanSettings(
        Advisories advisories,
        List<NamePattern> repositories,
        boolean onPush,
        Duration every,
        int parallel,
        boolean sbom) {

    /**
     * Where advisories come from.
     *
     * @param directories what the operator puts there: zips and JSON files
     * @param feeds what is fetched
     * @param every how often it is looked for new ones
     * @param work where the index and what was fetched are kept
     */
    public record Advisories(List<Path> directories, List<URI> feeds, Duration every, Path work) {}
}
