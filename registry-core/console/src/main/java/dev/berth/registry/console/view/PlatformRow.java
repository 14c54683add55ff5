package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One of the manifests that an index lists. Immutable.
 *
 * @param entry how the index describes it
 * @param size the bytes of its configuration and layers; 0 if nobody looked, or it has none
 * @param layers how many layers it has
 * @param problem why it cannot be read; empty if it can, or nobody looked
 */
public record PlatformRow(Descriptor entry, long size, int layers, String problem) {
    private static final String DESCRIBED = "vnd.docker.reference.digest";
    private static final int MOST_ROWS = 500;

    /** More images than an index has for good reason. */
    private static final int MOST_READ = 64;

    /** Checks that the parts are there. */
    public PlatformRow {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(problem, "problem");
    }

    /** Returns the platform, or what else it is. */
    public String platform() {
        return entry.platform()
                .filter(Platform::isKnown)
                .map(PlatformRow::text)
                .or(entry::artifactType)
                .orElse(entry.mediaType());
    }

    private static String text(Platform platform) {
        return platform + platform.osVersion().map(version -> " (" + version + ")").orElse("");
    }

    /** Returns whether containers may be run from it: what a builder says about an image stands beside it, for no platform. */
    public boolean isImage() {
        return !isForNoPlatform(entry);
    }

    private static boolean isForNoPlatform(Descriptor entry) {
        return entry.annotations().containsKey(DESCRIBED)
                || entry.platform().filter(platform -> !platform.isKnown()).isPresent();
    }

    static List<PlatformRow> read(Repository repository, ImageIndex index) {
        List<PlatformRow> rows = new ArrayList<>();
        int read = 0;
        for (Descriptor entry : index.manifests()) {
            if (rows.size() == MOST_ROWS) {
                break;
            }
            boolean look = ManifestDocument.isKnown(entry.mediaType()) && !isForNoPlatform(entry) && read < MOST_READ;
            if (look) {
                read++;
            }
            rows.add(look ? read(repository, entry) : new PlatformRow(entry, 0, 0, ""));
        }
        return rows;
    }

    private static PlatformRow read(Repository repository, Descriptor entry) {
        try {
            ManifestDocument document =
                    ManifestDocument.parse(repository.manifests().get(entry.digest()));
            return document instanceof ImageManifest image
                    ? new PlatformRow(entry, ImageView.sizeOf(image), image.layers().size(), "")
                    : new PlatformRow(entry, 0, 0, "");
        } catch (RegistryException e) {
            return new PlatformRow(entry, 0, 0, Problems.of(e));
        }
    }
}
