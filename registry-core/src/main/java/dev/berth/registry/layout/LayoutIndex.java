package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code index.json} as it was at one time: which tags there are and what they name. Immutable. */
final class LayoutIndex {
    static final String FILE = "index.json";

    /** The largest {@code index.json} that is read, in bytes. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ImageIndex document;
    private final LayoutNames names;

    LayoutIndex(ImageIndex document, LayoutNames names) {
        this.document = document;
        this.names = names;
    }

    static LayoutIndex read(LayoutFiles files, LayoutNames names) throws IOException {
        Optional<LayoutFile> file = files.find(FILE);
        if (file.isEmpty()) {
            throw new MalformedLayoutException("it has no file " + FILE);
        }
        return new LayoutIndex(parse(file.get().read(FILE, MAX_BYTES)), names);
    }

    private static ImageIndex parse(byte[] bytes) throws MalformedLayoutException {
        try {
            return (ImageIndex) ManifestDocument.parse(Manifest.of(MediaTypes.OCI_INDEX, bytes));
        } catch (RegistryException e) {
            throw new MalformedLayoutException("its " + FILE + " is not an image index: " + e.getMessage(), e);
        }
    }

    List<Descriptor> entries() {
        return document.manifests();
    }

    List<Descriptor> entries(RepositoryName repository) {
        return entries().stream()
                .filter(entry -> names.repository(entry).equals(Optional.of(repository)))
                .toList();
    }

    NavigableSet<RepositoryName> repositories() {
        NavigableSet<RepositoryName> found = new TreeSet<>();
        entries().forEach(entry -> names.repository(entry).ifPresent(found::add));
        return found;
    }

    NavigableSet<Tag> tags(RepositoryName repository) {
        NavigableSet<Tag> found = new TreeSet<>();
        entries(repository).forEach(entry -> names.tag(entry).ifPresent(found::add));
        return found;
    }

    /** Returns the different manifests that a tag names: more than one if the layout is ambiguous. */
    List<Descriptor> tagged(RepositoryName repository, Tag tag) {
        Set<Digest> seen = new LinkedHashSet<>();
        return entries(repository).stream()
                .filter(entry -> names.tag(entry).equals(Optional.of(tag)))
                .filter(entry -> seen.add(entry.digest()))
                .toList();
    }

    /** Returns the tags of a manifest, in their order. */
    List<Tag> tagsOf(Digest manifest) {
        return entries().stream()
                .filter(entry -> entry.digest().equals(manifest))
                .flatMap(entry -> names.tag(entry).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the index in which a tag names this manifest; what it named before stays, without the tag. */
    LayoutIndex withTag(Tag tag, Descriptor manifest) {
        List<Descriptor> changed = new ArrayList<>(withoutTag(tag).entries());
        changed.removeIf(entry -> entry.digest().equals(manifest.digest()) && isBare(entry));
        changed.add(LayoutNames.tagged(manifest, tag));
        return with(changed);
    }

    /** Returns the index without a tag. Its manifest stays. */
    LayoutIndex withoutTag(Tag tag) {
        List<Descriptor> changed = new ArrayList<>();
        for (Descriptor entry : entries()) {
            boolean named = names.tag(entry).equals(Optional.of(tag));
            changed.add(named ? LayoutNames.untagged(entry) : entry);
        }
        return with(changed);
    }

    /** Returns the index in which these manifests are listed, without a tag if they have none. */
    LayoutIndex withManifests(List<Descriptor> manifests) {
        List<Descriptor> changed = new ArrayList<>(entries());
        changed.addAll(manifests);
        return with(changed);
    }

    LayoutIndex withoutManifest(Digest digest) {
        List<Descriptor> changed = new ArrayList<>(entries());
        changed.removeIf(entry -> entry.digest().equals(digest));
        return with(changed);
    }

    /**
     * Returns the index without entries that say nothing: those without name and annotations, of manifests that another
     * entry lists, or leads to.
     */
    LayoutIndex tidied(LayoutGraph graph) throws IOException {
        List<Descriptor> children = new ArrayList<>();
        Set<Digest> told = new LinkedHashSet<>();
        for (Descriptor entry : entries()) {
            children.addAll(graph.summary(entry).children());
            if (!isBare(entry)) {
                told.add(entry.digest());
            }
        }
        told.addAll(graph.reachable(children).keySet());
        List<Descriptor> changed = new ArrayList<>();
        for (Descriptor entry : entries()) {
            // Of several bare entries of a manifest the first one stays.
            if (!isBare(entry) || told.add(entry.digest())) {
                changed.add(entry);
            }
        }
        return with(changed);
    }

    private static boolean isBare(Descriptor entry) {
        return entry.annotations().isEmpty();
    }

    private LayoutIndex with(List<Descriptor> entries) {
        return new LayoutIndex(document.withManifests(entries), names);
    }

    /** Returns whether another index has the same content. */
    boolean sameAs(LayoutIndex other) {
        return Objects.equals(document.manifests(), other.document.manifests());
    }

    byte[] toBytes() {
        return document.toManifest().bytes();
    }
}
