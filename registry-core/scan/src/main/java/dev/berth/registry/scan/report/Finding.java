package dev.berth.registry.scan.report;

import dev.berth.registry.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is known against a package of an image. Immutable. The texts come from strangers.
 *
 * @param id the name by which people look for it: that of the CVE if it has one, otherwise that of the advisory
 * @param aliases its other names
 * @param packageName the package in the image
 * @param version the version that is in the image
 * @param packageUrl the package URL; empty if the scanner does not say
 * @param path the file of the image that names the package; empty if the scanner does not say
 * @param layer the layer that the package comes from; empty if the scanner does not say
 * @param fixedVersion the version that does not have it any more; empty if there is none
 * @param severity how bad it is
 * @param vector the CVSS vector that the severity comes from; empty if there is none
 * @param summary what it is, in a sentence; empty if nobody wrote one
 * @param links addresses to read more at
 * @since 0.1
 */
public record Finding(
        String id,
        List<String> aliases,
        String packageName,
        String version,
        Optional<String> packageUrl,
        Optional<String> path,
        Optional<Digest> layer,
        Optional<String> fixedVersion,
        Severity severity,
        Optional<String> vector,
        String summary,
        List<String> links)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .reversed()
            .thenComparing(Finding::packageName)
            .thenComparing(Finding::version)
            .thenComparing(Finding::id)
            .thenComparing(finding -> finding.path().orElse(""))
            .thenComparing(finding -> finding.packageUrl().orElse(""));

    /** Checks that the parts are there, and copies the lists. */
    public Finding {
        Objects.requireNonNull(id, "id");
        aliases = List.copyOf(aliases);
        Objects.requireNonNull(packageName, "packageName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(packageUrl, "packageUrl");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(fixedVersion, "fixedVersion");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(vector, "vector");
        Objects.requireNonNull(summary, "summary");
        links = List.copyOf(links);
    }

    /** Returns whether an id is one of its names. */
    public boolean isCalled(String name) {
        return id.equals(name) || aliases.contains(name);
    }

    /** Returns whether there is a version without it. */
    public boolean hasFix() {
        return fixedVersion.isPresent();
    }

    /** The worst first, then by package, version and id. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
