package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.adapter.AdapterCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How images are scanned.
 *
 * @param scanner what scans
 * @param repositories which repositories are scanned by themselves; all if there are none
 * @param onPush whether what is pushed is scanned at once
 * @param every after which time an image is scanned again
 * @param parallel how many images are scanned at a time
 * @param sbom whether an SBOM is put beside each image that was scanned
 */
public record ScanSettings(
        Scanner scanner, List<NamePattern> repositories, boolean onPush, Duration every, int parallel, boolean sbom) {

    /** What scans. */
    public sealed interface Scanner permits Advisories, Adapter {}

    /**
     * Berth's own scanner, and where its advisories come from.
     *
     * @param directories what the operator puts there: zips and JSON files
     * @param feeds what is fetched
     * @param every how often it is looked for new ones
     * @param work where the index and what was fetched are kept
     */
    public record Advisories(List<Path> directories, List<URI> feeds, Duration every, Path work) implements Scanner {}

    /**
     * Another program, by Harbor's API for scanners.
     *
     * @param address where it is
     * @param registry where it reaches this registry
     * @param credentials what it demands
     * @param pull with what it pulls; empty if anybody may
     */
    public record Adapter(URI address, URI registry, AdapterCredentials credentials, Optional<Login> pull)
            implements Scanner {}

    /** A name and a password. */
    public record Login(String name, Secret password) {}
}
