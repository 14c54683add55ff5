package dev.berth.registry.layout;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageIndex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blobs of a layout, and what leads from one manifest to others: {@code index.json} lists the beginnings only.
 * Thread-safe.
 */
final class LayoutGraph {
    /** The largest manifest that is read or written, in bytes: as large as registries take. */
    static final int MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

    private static final int MAX_MANIFESTS = 100_000;
    private static final int MAX_CACHED_DESCRIPTORS = 20_000;

    private final LayoutFiles files;

    /** What a digest says never changes; what is not there, or corrupt, is not remembered. */
    private final Cache<Digest, ManifestSummary> summaries = CacheBuilder.newBuilder()
            .maximumWeight(MAX_CACHED_DESCRIPTORS)
            .<Digest, ManifestSummary>weigher(
                    (digest, known) -> 1 + known.children().size())
            .build();

    LayoutGraph(LayoutFiles files) {
        this.files = files;
    }

    Optional<LayoutFile> blob(Digest digest) throws IOException {
        return files.find(path(digest));
    }

    /** Tells a blob that was deleted after it was found from an archive that was. */
    void requireGone(Digest digest, NoSuchFileException e) throws IOException {
        if (blob(digest).isPresent()) {
            throw e;
        }
    }

    static String path(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    /** Returns whether a manifest is there, as long as it should be. */
    boolean has(Descriptor manifest) throws IOException {
        Optional<LayoutFile> file = blob(manifest.digest());
        return file.isPresent() && file.get().size() == manifest.size();
    }

    /**
     * Reads a manifest, or returns empty if it is not there.
     *
     * @throws RegistryException with DIGEST_INVALID if it is corrupt
     */
    Optional<Manifest> read(Descriptor manifest) throws IOException {
        Optional<LayoutFile> file = blob(manifest.digest());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = file.get().read(path(manifest.digest()), MAX_MANIFEST_BYTES);
        } catch (NoSuchFileException e) {
            requireGone(manifest.digest(), e);
            return Optional.empty();
        }
        return Optional.of(Manifest.verified(manifest.mediaType(), bytes, manifest.digest()));
    }

    ManifestSummary summary(Descriptor manifest) throws IOException {
        ManifestSummary known = summaries.getIfPresent(manifest.digest());
        if (known != null) {
            return known;
        }
        Optional<Manifest> read;
        try {
            read = read(manifest);
        } catch (RegistryException | MalformedLayoutException e) {
            return ManifestSummary.EMPTY;
        }
        ManifestSummary found = read.map(ManifestSummary::of).orElse(ManifestSummary.EMPTY);
        if (read.isPresent()) {
            summaries.put(manifest.digest(), found);
        }
        return found;
    }

    /** Returns these manifests, and all that the indexes among them lead to, each once. */
    Map<Digest, Descriptor> reachable(Collection<Descriptor> roots) throws IOException {
        Map<Digest, Descriptor> reached = new LinkedHashMap<>();
        Deque<Descriptor> left = new ArrayDeque<>();
        add(roots, reached, left);
        while (!left.isEmpty()) {
            Descriptor next = left.remove();
            if (ImageIndex.isImageIndex(next.mediaType())) {
                add(summary(next).children(), reached, left);
            }
        }
        return Collections.unmodifiableMap(reached);
    }

    private static void add(Collection<Descriptor> found, Map<Digest, Descriptor> reached, Deque<Descriptor> left)
            throws MalformedLayoutException {
        for (Descriptor manifest : found) {
            if (reached.putIfAbsent(manifest.digest(), manifest) == null) {
                left.add(manifest);
            }
        }
        if (reached.size() > MAX_MANIFESTS) {
            throw new MalformedLayoutException("it has more than " + MAX_MANIFESTS + " manifests");
        }
    }
}
