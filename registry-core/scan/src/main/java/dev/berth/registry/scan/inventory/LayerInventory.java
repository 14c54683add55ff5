package dev.berth.registry.scan.inventory;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.FoundPackage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a layer has, and what it removes of the layers below. It depends on nothing but the content of the layer, so that it
 * can be kept by the digest of the layer, for all images that have it. Immutable.
 *
 * @since 0.1
 */
public final class LayerInventory {
    private final Digest layer;
    private final List<String> reasons;
    private final NavigableMap<String, Evidence> evidence;
    private final NavigableSet<String> removed;
    private final NavigableSet<String> opaque;
    private final NavigableMap<String, String> symbolicLinks;
    private final NavigableMap<String, String> hardLinks;
    private final PathSet files;
    private final PathSet directories;

    private LayerInventory(Builder builder) {
        this.layer = builder.layer;
        this.reasons = List.copyOf(builder.reasons);
        this.evidence = Collections.unmodifiableNavigableMap(new TreeMap<>(builder.evidence));
        this.removed = Collections.unmodifiableNavigableSet(new TreeSet<>(builder.removed));
        this.opaque = Collections.unmodifiableNavigableSet(new TreeSet<>(builder.opaque));
        this.symbolicLinks = Collections.unmodifiableNavigableMap(new TreeMap<>(builder.symbolicLinks));
        this.hardLinks = Collections.unmodifiableNavigableMap(new TreeMap<>(builder.hardLinks));
        this.files = builder.files;
        this.directories = builder.directories;
    }

    /**
     * Reads what {@link #toJson} has made.
     *
     * @return empty if it was made by a version of Berth that looks for other things: then the layer has to be read again
     * @throws IllegalArgumentException if it is damaged
     */
    public static Optional<LayerInventory> parse(byte[] json) {
        return LayerInventoryJson.read(json);
    }

    /** Returns the digest of the layer. */
    public Digest layer() {
        return layer;
    }

    /** Returns whether everything in the layer was read. */
    public boolean isComplete() {
        return reasons.isEmpty();
    }

    /** Returns why it is not complete: sentences for people; empty if it is. */
    public List<String> reasons() {
        return reasons;
    }

    /** Returns the packages of the layer, in their order. Layers above may remove them. */
    public List<FoundPackage> packages() {
        return evidence.values().stream()
                .flatMap(file -> file.packages().stream())
                .sorted()
                .toList();
    }

    /** Returns all of this as JSON in UTF-8. The same inventory gives the same bytes. */
    public byte[] toJson() {
        return LayerInventoryJson.write(this);
    }

    NavigableMap<String, Evidence> evidence() {
        return evidence;
    }

    NavigableSet<String> removed() {
        return removed;
    }

    NavigableSet<String> opaque() {
        return opaque;
    }

    /** Links that may lead to directories. */
    NavigableMap<String, String> symbolicLinks() {
        return symbolicLinks;
    }

    /** Further names of files in layers below. */
    NavigableMap<String, String> hardLinks() {
        return hardLinks;
    }

    /** Everything but directories. */
    PathSet files() {
        return files;
    }

    /** Those that have entries of their own. */
    PathSet directories() {
        return directories;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerInventory inventory
                && layer.equals(inventory.layer)
                && reasons.equals(inventory.reasons)
                && evidence.equals(inventory.evidence)
                && removed.equals(inventory.removed)
                && opaque.equals(inventory.opaque)
                && symbolicLinks.equals(inventory.symbolicLinks)
                && hardLinks.equals(inventory.hardLinks)
                && files.equals(inventory.files)
                && directories.equals(inventory.directories);
    }

    @Override
    public int hashCode() {
        return Objects.hash(layer, evidence.keySet(), files);
    }

    /** Returns the digest and the number of packages. */
    @Override
    public String toString() {
        return layer + ": " + packages().size() + " packages" + (isComplete() ? "" : ", incomplete");
    }

    /** Collects what is in a layer. For one thread. */
    static final class Builder {
        final Digest layer;
        final Map<String, Evidence> evidence = new TreeMap<>();
        final NavigableSet<String> removed = new TreeSet<>();
        final NavigableSet<String> opaque = new TreeSet<>();
        final Map<String, String> symbolicLinks = new TreeMap<>();
        final Map<String, String> hardLinks = new TreeMap<>();
        List<String> reasons = List.of();
        PathSet files = PathSet.EMPTY;
        PathSet directories = PathSet.EMPTY;

        Builder(Digest layer) {
            this.layer = layer;
        }

        LayerInventory build() {
            return new LayerInventory(this);
        }
    }
}
