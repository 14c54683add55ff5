package dev.berth.registry.scan.sbom;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.PutOptions;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import dev.berth.registry.scan.internal.content.ContentErrors;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventorySource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Puts SBOMs in CycloneDX beside images, as referrers of the artifact type {@value CycloneDxSbom#MEDIA_TYPE}. Immutable and
 * thread-safe.
 *
 * <p>The same content of an image gives the same SBOM: attaching it again changes nothing, and one that is different because
 * something else was found takes the place of the one before, where the registry permits to delete it. SBOMs of others stay.
 *
 * @since 0.1
 */
public final class SbomAttachment {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_REFERRERS = 1000;
    private static final int DEEPEST = 4;

    private final InventorySource source;

    private SbomAttachment(InventorySource source) {
        this.source = source;
    }

    /**
     * Returns one that says what a source says.
     *
     * @param source most often the layers; an SBOM of others would be repeated
     */
    public static SbomAttachment of(InventorySource source) {
        return new SbomAttachment(Objects.requireNonNull(source, "source"));
    }

    /**
     * Attaches an SBOM to an image, or to each image of an index: entries that are no images, or that the repository does not
     * have, are left out.
     *
     * @return the manifests with SBOMs, in the order of the images
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if the manifest is neither that of an image nor an index,
     *     with {@link ErrorCode#MANIFEST_INVALID} if it is malformed, otherwise if the registry fails
     */
    public List<Descriptor> attach(Repository repository, Manifest manifest) {
        Map<Digest, Descriptor> attached = new LinkedHashMap<>();
        if (ManifestDocument.parse(manifest) instanceof ImageIndex index) {
            attach(repository, index, source.within(manifest), attached, new HashSet<>(), 1);
        } else {
            attached.put(manifest.digest(), attachToImage(repository, manifest, source));
        }
        return List.copyOf(attached.values());
    }

    private void attach(
            Repository repository,
            ImageIndex index,
            InventorySource within,
            Map<Digest, Descriptor> attached,
            Set<Digest> seen,
            int depth) {
        for (Descriptor entry : index.manifests()) {
            if (!PlatformImages.mayBeImage(entry) || !seen.add(entry.digest())) {
                continue;
            }
            Optional<Manifest> manifest = find(repository, entry);
            Optional<ManifestDocument> document = manifest.flatMap(SbomAttachment::document);
            if (document.isPresent() && document.get() instanceof ImageManifest image && image.isContainerImage()) {
                attached.put(entry.digest(), attachToImage(repository, manifest.get(), within));
            } else if (document.isPresent() && document.get() instanceof ImageIndex inner && depth < DEEPEST) {
                attach(repository, inner, within.within(manifest.get()), attached, seen, depth + 1);
            }
        }
    }

    private static Optional<Manifest> find(Repository repository, Descriptor entry) {
        try {
            return Optional.of(repository.manifests().get(entry.digest()));
        } catch (RegistryException e) {
            if (ContentErrors.isOfContent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<ManifestDocument> document(Manifest manifest) {
        try {
            return Optional.of(ManifestDocument.parse(manifest));
        } catch (RegistryException e) {
            return Optional.empty(); // malformed
        }
    }

    private static Descriptor attachToImage(Repository repository, Manifest image, InventorySource source) {
        ImageInventory inventory = source.read(repository, image);
        SbomSubject subject = subject(repository, image);
        Descriptor blob = push(repository, inventory, subject);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(SbomTypes.MADE_HERE, "inventory");
        subject.created()
                .ifPresent(time -> annotations.put(
                        "org.opencontainers.image.created",
                        time.truncatedTo(ChronoUnit.SECONDS).toString()));
        Digest nothing = Digest.sha256(EMPTY);
        repository.blobs().push(nothing, BlobSource.of(EMPTY));
        Manifest sbom = ImageManifest.of(Descriptor.of(MediaTypes.OCI_EMPTY, nothing, EMPTY.length), List.of(blob))
                .withArtifactType(CycloneDxSbom.MEDIA_TYPE)
                .withAnnotations(annotations)
                .withSubject(image.descriptor())
                .toManifest();
        repository.manifests().put(sbom, PutOptions.untagged());
        removeOlder(repository, image.digest(), sbom.digest());
        return sbom.descriptor().withArtifactType(CycloneDxSbom.MEDIA_TYPE);
    }

    private static SbomSubject subject(Repository repository, Manifest image) {
        Optional<ImageConfig> config = Optional.empty();
        try {
            if (ManifestDocument.parse(image) instanceof ImageManifest document) {
                config = Optional.of(ImageConfig.read(repository, document.config()));
            }
        } catch (RegistryException e) {
            if (!ContentErrors.isOfContent(e)) {
                throw e;
            }
            // The layers can be read all the same.
        }
        return new SbomSubject(
                repository.name(),
                image.digest(),
                config.map(ImageConfig::platform).map(Platform::architecture),
                config.flatMap(ImageConfig::created));
    }

    /** Through a file: an SBOM may have tens of megabytes. */
    private static Descriptor push(Repository repository, ImageInventory inventory, SbomSubject subject) {
        try {
            Path file = Files.createTempFile("berth-sbom", ".json");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    CycloneDxSbom.write(inventory, subject, out);
                }
                Descriptor pushed = repository.blobs().push(BlobSource.of(file));
                return Descriptor.of(CycloneDxSbom.MEDIA_TYPE, pushed.digest(), pushed.size())
                        .withAnnotations(Map.of("org.opencontainers.image.title", "sbom.cdx.json"));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The SBOM of " + subject.image() + " in " + repository.name()
                            + " cannot be written to a temporary file: is the disk full?",
                    e);
        }
    }

    private static void removeOlder(Repository repository, Digest image, Digest newest) {
        List<Digest> older = new ArrayList<>();
        for (Descriptor referrer : repository
                .manifests()
                .referrers(image, ReferrerFilter.ofArtifactType(CycloneDxSbom.MEDIA_TYPE))
                .limit(MOST_REFERRERS)) {
            if (referrer.annotations().containsKey(SbomTypes.MADE_HERE)
                    && !referrer.digest().equals(newest)) {
                older.add(referrer.digest());
            }
        }
        for (Digest digest : older) {
            try {
                repository.manifests().delete(digest);
            } catch (RegistryException e) {
                switch (e.code()) {
                    case DENIED, UNAUTHORIZED, UNSUPPORTED, MANIFEST_UNKNOWN, NAME_UNKNOWN -> {
                        // Then there are two.
                    }
                    default -> throw e;
                }
            }
        }
    }
}
