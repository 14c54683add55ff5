package dev.berth.registry.scan.found;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A package in an image. Immutable.
 *
 * @param type what kind it is
 * @param name its name, as advisories of its ecosystem have it
 * @param version its version; of an rpm with epoch and release: {@code 1:2.3-4.el9}
 * @param source the source package (Debian, rpm) or the origin (apk), where it has another name or version; advisories of
 *     distributions name this
 * @param sourceVersion the version of the source package, where it is another one
 * @param architecture the architecture that it is for, in the words of its ecosystem
 * @param path the file that names it, from the root of the image; of one in an archive {@code app.jar!/lib/other.jar};
 *     empty if a document that names the package does not say
 * @since 0.1
 */
public record FoundPackage(
        PackageType type,
        String name,
        String version,
        Optional<String> source,
        Optional<String> sourceVersion,
        Optional<String> architecture,
        String path)
        implements Comparable<FoundPackage> {
    private static final Comparator<FoundPackage> ORDER = Comparator.comparing(FoundPackage::type)
            .thenComparing(FoundPackage::name)
            .thenComparing(FoundPackage::version)
            .thenComparing(found -> found.architecture().orElse(""))
            .thenComparing(FoundPackage::path)
            .thenComparing(found -> found.source().orElse(""))
            .thenComparing(found -> found.sourceVersion().orElse(""));

    /** Checks that the parts are there, and that name and version are not empty. */
    public FoundPackage {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sourceVersion, "sourceVersion");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(path, "path");
        if (name.isEmpty() || version.isEmpty()) {
            throw new IllegalArgumentException("A package needs a name and a version");
        }
    }

    /** Returns a package of a language. */
    public static FoundPackage of(PackageType type, String name, String version, String path) {
        return new FoundPackage(type, name, version, Optional.empty(), Optional.empty(), Optional.empty(), path);
    }

    /** Returns the same package, named by another file. */
    public FoundPackage at(String otherPath) {
        return new FoundPackage(type, name, version, source, sourceVersion, architecture, otherPath);
    }

    /** Returns the name that advisories are about: that of the source package, if it has one. */
    public String advisoryName() {
        return source.orElse(name);
    }

    /** Returns the version that advisories are about: that of the source package, if it has one. */
    public String advisoryVersion() {
        return sourceVersion.orElse(version);
    }

    /**
     * Returns the ecosystem in the names of the OSV schema.
     *
     * @param distribution what the image is made of; it counts for packages of the system
     * @return such as {@code Debian:13} or {@code npm}; empty for a package of a distribution that has none
     */
    public Optional<String> ecosystem(Optional<Distribution> distribution) {
        return Ecosystem.of(type, distribution);
    }

    /**
     * Returns the package URL.
     *
     * @param distribution what the image is made of; it counts for packages of the system
     */
    public String packageUrl(Optional<Distribution> distribution) {
        return PackageUrl.of(this, distribution);
    }

    /** By type, name and version. */
    @Override
    public int compareTo(FoundPackage other) {
        return ORDER.compare(this, other);
    }
}
