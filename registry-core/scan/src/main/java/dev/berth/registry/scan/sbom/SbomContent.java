package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.internal.purl.Purl;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects what a document says, and makes an inventory of it. For one thread. */
final class SbomContent {
    /** Bounds the memory of what is kept, in characters. */
    private static final long MOST_CHARS = 16L * 1024 * 1024;

    private static final int MOST_GAPS = 100;
    private static final int LONGEST_GAP = 500;

    /** What package URLs are also used for, and what is no package that could be looked for. */
    private static final Set<String> NO_PACKAGES = Set.of("oci", "docker", "generic", "github", "bitbucket");

    private final SbomLimits limits;
    private final Map<FoundPackage, Optional<Digest>> packages = new LinkedHashMap<>();
    private final Map<String, Integer> unknownTypes = new TreeMap<>();
    private final List<String> gaps = new ArrayList<>();
    private Optional<Distribution> system = Optional.empty();
    private Optional<Distribution> systemOfPackages = Optional.empty();
    private long chars;
    private int malformed;
    private boolean incomplete;

    SbomContent(SbomLimits limits) {
        this.limits = limits;
    }

    /** Says what the image is made of; the first one counts. */
    void system(String name, String version, Optional<String> description) {
        if (system.isEmpty() && !name.isEmpty() && name.length() <= 100 && version.length() <= 100) {
            String id = name.toLowerCase(Locale.ROOT);
            system = Optional.of(new Distribution(
                    id,
                    version,
                    description.filter(text -> text.length() <= 200).orElse(name + " " + version)));
        }
    }

    /** Says that something may be missing. */
    void gap(String reason) {
        if (gaps.size() < MOST_GAPS) {
            gaps.add(reason.length() <= LONGEST_GAP ? reason : reason.substring(0, LONGEST_GAP) + "...");
        }
    }

    /** Says that something is missing, but not why. */
    void incomplete() {
        incomplete = true;
    }

    /** Adds what is named, if it is a package. */
    void add(NamedPackage named) throws MalformedDocumentException {
        if (named.purl.isEmpty()) {
            return; // a file, or the image itself
        }
        Purl url;
        try {
            url = Purl.parse(named.purl.get());
        } catch (IllegalArgumentException e) {
            malformed++;
            return;
        }
        Optional<PackageType> type = NamedPackage.type(url);
        if (type.isEmpty()) {
            if (!NO_PACKAGES.contains(url.type()) && unknownTypes.size() < MOST_GAPS) {
                unknownTypes.merge(url.type(), 1, Integer::sum);
            }
            return;
        }
        Optional<FoundPackage> found = named.found(type.get(), url);
        if (found.isEmpty()) {
            malformed++;
            return;
        }
        systemOfPackages = systemOfPackages.or(() -> NamedPackage.distribution(url));
        keep(found.get(), named.layer());
    }

    private void keep(FoundPackage found, Optional<Digest> layer) throws MalformedDocumentException {
        if (packages.putIfAbsent(found, layer) != null) {
            return;
        }
        chars += found.name().length()
                + found.version().length()
                + found.path().length()
                + found.source().map(String::length).orElse(0)
                + found.sourceVersion().map(String::length).orElse(0);
        if (packages.size() > limits.packages()) {
            throw new MalformedDocumentException("it names more than " + limits.packages() + " packages");
        }
        if (chars > MOST_CHARS) {
            throw new MalformedDocumentException(
                    "the names of its packages have more than " + MOST_CHARS + " characters");
        }
    }

    /**
     * Returns the inventory.
     *
     * @throws MalformedDocumentException if no package is named: then it says nothing
     */
    ImageInventory inventory() throws MalformedDocumentException {
        if (packages.isEmpty()) {
            throw new MalformedDocumentException("it names no package that is known here");
        }
        Optional<Distribution> distribution = system.or(() -> systemOfPackages);
        List<ImagePackage> found = new ArrayList<>(packages.size());
        packages.forEach((one, layer) ->
                found.add(new ImagePackage(one, one.packageUrl(distribution), one.ecosystem(distribution), layer)));
        found.sort(Comparator.comparing(ImagePackage::found));
        List<String> reasons = new ArrayList<>(gaps);
        if (incomplete && gaps.isEmpty()) {
            reasons.add("The SBOM says that it is not complete");
        }
        unknownTypes.forEach((type, count) ->
                reasons.add("The SBOM names " + count + " packages of the type " + type + ", which is not known here"));
        if (malformed > 0) {
            reasons.add("The SBOM names " + malformed + " packages without a name and version that make sense");
        }
        return new ImageInventory(distribution, found, reasons);
    }
}
