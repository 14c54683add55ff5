package dev.berth.registry.scan.gate;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.signature.SignatureForm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is no image, but says something of one: signatures, attestations, SBOMs. Neither a name nor an artifact type nor a
 * subject decides, which whoever pushes an image can give it, but what is in it: layers of known types only, of which each begins
 * as the JSON or CBOR that it should be, so that nothing can unpack it. And lists of such. Everything else is judged. Thread-safe.
 */
final class BesideImages {
    private static final Set<String> SBOMS = Set.of(
            "application/vnd.cyclonedx+json",
            "application/vnd.cyclonedx",
            "application/spdx+json",
            "application/vnd.syft+json",
            "spdx+json",
            "text/spdx+json");

    private static final int MOST_LAYERS = 200;
    private static final int MOST_ENTRIES = 100;
    private static final long LARGEST = 64L << 20;
    private static final int CBOR_TAG_OF_COSE = 0xd2;
    private static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Key, Boolean> known = new RecentlyUsed<>(CAPACITY);

    /** The same bytes with another media type are another thing. */
    private record Key(Digest digest, String mediaType) {}

    /**
     * Returns whether a manifest is none of an image, for certain.
     *
     * @throws RegistryException if the registry fails
     */
    boolean contains(Subject subject) {
        Key key = new Key(subject.digest(), subject.descriptor().mediaType());
        Optional<Boolean> before = known(key);
        if (before.isPresent()) {
            return before.get();
        }
        Optional<Boolean> found = look(subject);
        found.ifPresent(certain -> {
            lock.lock();
            try {
                known.put(key, certain);
            } finally {
                lock.unlock();
            }
        });
        return found.orElse(false);
    }

    private Optional<Boolean> known(Key key) {
        lock.lock();
        try {
            @Nullable Boolean before = known.get(key);
            return Optional.ofNullable(before);
        } finally {
            lock.unlock();
        }
    }

    /** Returns empty if the answer may be another one when more was pushed. */
    private Optional<Boolean> look(Subject subject) {
        String mediaType = subject.descriptor().mediaType();
        if (!mediaType.equals(MediaTypes.OCI_MANIFEST) && !mediaType.equals(MediaTypes.OCI_INDEX)) {
            return Optional.of(false);
        }
        Manifest manifest = subject.manifest();
        if (!manifest.mediaType().equals(mediaType)) {
            return Optional.empty();
        }
        ManifestDocument document;
        try {
            document = ManifestDocument.parse(manifest);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_INVALID) {
                return Optional.of(false);
            }
            throw e;
        }
        return document instanceof ImageIndex index
                ? isList(subject.repository(), index)
                : isBeside(subject.repository(), (ImageManifest) document);
    }

    private Optional<Boolean> isBeside(Repository repository, ImageManifest manifest) {
        List<Descriptor> layers = manifest.layers();
        if (layers.isEmpty() || layers.size() > MOST_LAYERS || !layers.stream().allMatch(BesideImages::hasKnownType)) {
            return Optional.of(false);
        }
        for (Descriptor layer : layers) {
            Optional<byte[]> beginning = beginning(repository, layer);
            if (beginning.isEmpty()) {
                return Optional.empty();
            }
            if (!isDocument(beginning.get())) {
                return Optional.of(false);
            }
        }
        return Optional.of(true);
    }

    private static boolean hasKnownType(Descriptor layer) {
        return layer.size() <= LARGEST
                && (SBOMS.contains(layer.mediaType()) || SignatureForm.isContent(layer.mediaType()));
    }

    /** Returns nothing if the blob is not here, and no bytes if it is not as large as the manifest says. */
    private static Optional<byte[]> beginning(Repository repository, Descriptor layer) {
        try (BlobContent content = repository.blobs().open(layer.digest(), ByteRange.between(0, TarHeader.SIZE - 1))) {
            return Optional.of(
                    content.descriptor().size() == layer.size()
                            ? content.stream().readNBytes(TarHeader.SIZE)
                            : new byte[0]);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.BLOB_UNKNOWN || e.code() == ErrorCode.RANGE_INVALID) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not read the blob " + layer.digest() + " of " + repository.name() + "; try again",
                    e);
        }
    }

    /** Whatever is compressed begins otherwise; a tar may begin with the name of a file that looks as JSON does. */
    private static boolean isDocument(byte[] beginning) {
        int first = 0;
        while (first < beginning.length && " \t\r\n".indexOf(beginning[first]) >= 0) {
            first++;
        }
        boolean begins = first < beginning.length
                && (beginning[first] == '{' || first == 0 && (beginning[0] & 0xff) == CBOR_TAG_OF_COSE);
        return begins && !TarHeader.isOne(beginning);
    }

    /** A list of referrers, as clients make it where a registry has none ("Referrers Tag Schema"). */
    private Optional<Boolean> isList(Repository repository, ImageIndex index) {
        List<Descriptor> entries = index.manifests();
        boolean possible = !entries.isEmpty()
                && entries.size() <= MOST_ENTRIES
                && entries.stream()
                        .allMatch(entry -> entry.mediaType().equals(MediaTypes.OCI_MANIFEST)
                                && entry.platform().filter(Platform::isKnown).isEmpty());
        if (!possible) {
            return Optional.of(false);
        }
        for (Descriptor entry : entries) {
            Optional<Descriptor> here = repository.manifests().find(entry.digest());
            if (here.isEmpty()) {
                return Optional.empty();
            }
            if (!here.get().mediaType().equals(MediaTypes.OCI_MANIFEST)) {
                return Optional.of(false);
            }
            if (!contains(Subject.of(repository, here.get()))) {
                return Optional.empty();
            }
        }
        return Optional.of(true);
    }
}
