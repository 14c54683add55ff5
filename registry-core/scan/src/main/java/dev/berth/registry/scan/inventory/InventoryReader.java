package dev.berth.registry.scan.inventory;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.found.InventoryLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what is in the images of a repository. Immutable and thread-safe.
 *
 * <pre>{@code
 * InventoryReader reader = InventoryReader.of(registry, RepositoryName.parse("library/debian"));
 * ImageInventory inventory = reader.read(manifest);
 * inventory.packages().forEach(found -> System.out.println(found.packageUrl()));
 * }</pre>
 *
 * <p>Layers are read as streams: with gzip, zstd, or not compressed, of OCI and of Docker. Nothing of them is unpacked;
 * databases and programs of more than a few megabytes that have to be read in any order are copied into one temporary
 * file, which is gone when they are read. Whatever the author of an image wrote, reading it ends within the limits: what
 * exceeds them or cannot be read is missing from the inventory, which says so.
 *
 * @since 0.1
 */
public final class InventoryReader {
    private static final String TAR = ".tar";

    private final Repository repository;
    private final InventoryLimits limits;
    private final LayerInventories kept;
    private final InstantSource clock;

    private InventoryReader(Repository repository, InventoryLimits limits, LayerInventories kept, InstantSource clock) {
        this.repository = repository;
        this.limits = limits;
        this.kept = kept;
        this.clock = clock;
    }

    /** Returns a reader with the default limits, which keeps nothing. */
    public static InventoryReader of(Repository repository) {
        return new InventoryReader(
                Objects.requireNonNull(repository, "repository"),
                InventoryLimits.defaults(),
                LayerInventories.none(),
                InstantSource.system());
    }

    /** Returns a reader with the default limits, which keeps nothing. */
    public static InventoryReader of(Registry registry, RepositoryName name) {
        return of(registry.repository(name));
    }

    /** Returns a reader with other limits. */
    public InventoryReader limits(InventoryLimits newLimits) {
        return new InventoryReader(repository, Objects.requireNonNull(newLimits, "limits"), kept, clock);
    }

    /** Returns a reader that keeps the inventories of layers, and reads no layer whose inventory is kept. */
    public InventoryReader keepIn(LayerInventories inventories) {
        return new InventoryReader(repository, limits, Objects.requireNonNull(inventories, "inventories"), clock);
    }

    /** Returns a reader with another clock, by which it knows how long it may read. */
    public InventoryReader clock(InstantSource newClock) {
        return new InventoryReader(repository, limits, kept, Objects.requireNonNull(newClock, "clock"));
    }

    /**
     * Reads what is in an image.
     *
     * @param manifest that of an image for one platform
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if it is none, with {@link ErrorCode#MANIFEST_INVALID} if
     *     it is malformed, otherwise if the registry fails
     */
    public ImageInventory read(Manifest manifest) {
        if (ManifestDocument.parse(manifest) instanceof ImageManifest image) {
            return read(image);
        }
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "The manifest " + manifest.digest() + " in " + repository.name()
                        + " is not that of one image; choose one that it lists");
    }

    /** Reads what is in an image. As {@link #read(Manifest)}. */
    public ImageInventory read(ImageManifest image) {
        if (!image.isContainerImage()) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "This is an artifact of type " + image.artifactType().orElse("unknown") + " in " + repository.name()
                            + ", not an image that containers are run from; it has no packages");
        }
        List<LayerInventory> layers = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Map<Digest, LayerInventory> read = new HashMap<>();
        for (Descriptor layer : image.layers()) {
            if (isFileSystem(layer.mediaType())) {
                LayerInventory known = read.get(layer.digest());
                LayerInventory inventory = known == null ? readOrSayWhyNot(layer, reasons) : known;
                read.put(layer.digest(), inventory);
                layers.add(inventory);
            } else {
                reasons.add("Layer " + layer.digest() + ": " + layer.mediaType() + " is no type of files");
            }
        }
        return ImageInventory.merge(layers).withReasons(reasons);
    }

    /**
     * Reads what is in a layer, or takes what was kept of it.
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UNKNOWN} if the repository does not have it, otherwise if the
     *     registry fails
     */
    public LayerInventory readLayer(Digest layer) {
        return kept.find(layer).orElseGet(() -> {
            Instant end = clock.instant().plus(limits.maxTime());
            LayerInventory inventory = LayerScan.read(repository.blobs(), layer, limits, clock);
            // Next time it may be faster.
            if (!clock.instant().isAfter(end)) {
                kept.keep(inventory);
            }
            return inventory;
        });
    }

    /** Layers that may not be distributed are often not in the registry. */
    private LayerInventory readOrSayWhyNot(Descriptor layer, List<String> reasons) {
        try {
            return readLayer(layer.digest());
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.BLOB_UNKNOWN) {
                throw e;
            }
            reasons.add("Layer " + layer.digest() + ": the repository does not have it");
            return new LayerInventory.Builder(layer.digest()).build();
        }
    }

    private static boolean isFileSystem(String mediaType) {
        return mediaType.contains(TAR) || mediaType.equals(MediaTypes.OCTET_STREAM);
    }
}
