package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.difference.ImageDifference;
import dev.berth.registry.scan.difference.ScannedImage;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares images, platform by platform. Reads no layer: what is in one is known if its inventory was kept. */
final class Differences {
    private final KeptPackages kept;

    Differences(KeptPackages kept) {
        this.kept = kept;
    }

    List<PlatformDifference> between(Repository repository, ImageVerdict older, ImageVerdict newer) {
        List<PlatformDifference> differences = new ArrayList<>();
        for (PlatformVerdict young : newer.platforms()) {
            partner(young, newer, older).ifPresent(old -> differences.add(between(repository, old, young)));
        }
        return differences;
    }

    /** The image for the same platform; of two images that are in no index, the other one. */
    private static Optional<PlatformVerdict> partner(PlatformVerdict young, ImageVerdict newer, ImageVerdict older) {
        if (newer.platforms().size() == 1 && older.platforms().size() == 1) {
            return Optional.of(older.platforms().get(0));
        }
        Optional<String> wanted = young.platform().map(Platform::toString);
        return older.platforms().stream()
                .filter(old -> old.platform().map(Platform::toString).equals(wanted))
                .findFirst();
    }

    private PlatformDifference between(Repository repository, PlatformVerdict old, PlatformVerdict young) {
        List<Descriptor> before = layers(repository, old);
        List<Descriptor> after = layers(repository, young);
        Optional<ImageInventory> inBefore = kept.of(before);
        Optional<ImageInventory> inAfter = kept.of(after);
        boolean known = inBefore.isPresent() && inAfter.isPresent();
        ImageInventory nothing = ImageInventory.merge(List.of());
        return new PlatformDifference(
                young.platform().or(old::platform),
                old.image(),
                young.image(),
                known,
                ImageDifference.between(
                        new ScannedImage(
                                old.image(),
                                before,
                                known ? inBefore.get() : nothing,
                                old.verdict().report()),
                        new ScannedImage(
                                young.image(),
                                after,
                                known ? inAfter.get() : nothing,
                                young.verdict().report())));
    }

    private static List<Descriptor> layers(Repository repository, PlatformVerdict image) {
        return ManifestDocument.parse(repository.manifests().get(image.image())) instanceof ImageManifest manifest
                ? manifest.layers()
                : List.of();
    }
}
