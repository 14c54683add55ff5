package dev.berth.registry.scan.advisory;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.UnscannableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Berth's own scanner: reads what is in an image, and compares it with an index of advisories, the newest one at each scan.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Scanner scanner = BerthScanner.of(AdvisoryIndex.in(directory));
 * ScanReport report = scanner.scan(repository, manifest);
 * }</pre>
 *
 * <p>Advisories that share a name are one finding of a package: a CVE that GitHub, the database of Go and a distribution write
 * about is told once. It has the highest severity of those, and the version that all of them take for fixed. The gaps of the
 * report name what was not read of the image, and what the index has no advisories about.
 *
 * @since 0.1
 */
public final class BerthScanner implements Scanner {
    private static final String NAME = "Berth 0.1";

    private final AdvisoryIndex index;
    private final InventorySource inventories;
    private final InstantSource clock;

    private BerthScanner(AdvisoryIndex index, InventorySource inventories, InstantSource clock) {
        this.index = index;
        this.inventories = inventories;
        this.clock = clock;
    }

    /** Returns a scanner that reads the layers of images, with the default limits, and keeps nothing. */
    public static BerthScanner of(AdvisoryIndex index) {
        return new BerthScanner(
                Objects.requireNonNull(index, "index"),
                InventorySource.layers(InventoryLimits.defaults(), LayerInventories.none()),
                InstantSource.system());
    }

    /**
     * Returns a scanner that knows by another source what is in an image: one with other limits, one that keeps the inventories
     * of layers, or one that reads what somebody has written of the image.
     */
    public BerthScanner inventories(InventorySource source) {
        return new BerthScanner(index, Objects.requireNonNull(source, "source"), clock);
    }

    /** Returns a scanner with another clock. */
    public BerthScanner clock(InstantSource newClock) {
        return new BerthScanner(index, inventories, Objects.requireNonNull(newClock, "clock"));
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Scans an image.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if there is no index, or it cannot be read; otherwise if the
     *     registry fails
     */
    @Override
    public ScanReport scan(Repository repository, Manifest image) throws UnscannableException {
        return report(image.digest(), inventory(repository, image));
    }

    private ImageInventory inventory(Repository repository, Manifest image) throws UnscannableException {
        try {
            return inventories.read(repository, image);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNSUPPORTED || e.code() == ErrorCode.MANIFEST_INVALID) {
                throw new UnscannableException(e.errors().get(0).message());
            }
            throw e;
        }
    }

    /**
     * Compares an inventory, however old, with the advisories of today. No image is read.
     *
     * @param image the digest of the image that the inventory is of
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if there is no index, or it cannot be read
     */
    public ScanReport report(Digest image, ImageInventory inventory) {
        return index.use((file, facts) -> {
            Matching.Result result = Matching.of(file, facts, inventory);
            List<String> gaps = new ArrayList<>(inventory.reasons());
            gaps.addAll(result.gaps());
            return new ScanReport(image, NAME, clock.instant(), facts.newest(), result.findings(), gaps);
        });
    }
}
