package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses what is copied of an image for several platforms. */
final class PlatformChoice {
    /** How builders mark what describes another image of the same index, and which. */
    static final String DESCRIBED = "vnd.docker.reference.digest";

    private final ImageLocation location;
    private final List<Platform> platforms;

    PlatformChoice(ImageLocation location, List<Platform> platforms) {
        this.location = location;
        this.platforms = platforms;
    }

    /**
     * What to copy.
     *
     * @param descriptor its media type, digest and size
     * @param made the manifest, if it is not one of the source
     */
    record Chosen(Descriptor descriptor, Optional<Manifest> made) {}

    /** Returns what to copy of an image. */
    Chosen of(Manifest root) {
        if (platforms.isEmpty()) {
            return new Chosen(root.descriptor(), Optional.of(root));
        }
        ManifestDocument document = ManifestDocument.parse(root);
        if (document instanceof ImageIndex index) {
            return of(root, index);
        }
        requirePlatform(root);
        return new Chosen(root.descriptor(), Optional.of(root));
    }

    /** An image that is not an index must be for one of the platforms. */
    private void requirePlatform(Manifest root) {
        PlatformImages image = PlatformImages.of(location, root);
        if (platforms.stream().allMatch(platform -> image.find(platform).isEmpty())) {
            image.get(platforms.get(0));
        }
    }

    private Chosen of(Manifest root, ImageIndex index) {
        PlatformImages images = PlatformImages.of(location, root);
        Map<Digest, Descriptor> wanted = new LinkedHashMap<>();
        platforms.stream().map(images::get).forEach(image -> wanted.put(image.digest(), image));
        if (platforms.size() == 1) {
            Descriptor only = wanted.values().iterator().next();
            return new Chosen(Descriptor.of(only.mediaType(), only.digest(), only.size()), Optional.empty());
        }
        List<Descriptor> kept = images.entries().stream()
                .filter(entry -> wanted.containsKey(entry.digest()) || describes(entry, wanted.keySet()))
                .map(entry -> entry.platform().isPresent() ? entry : wanted.getOrDefault(entry.digest(), entry))
                .toList();
        Manifest made = kept.size() == images.entries().size()
                ? root
                : index.withManifests(kept).toManifest();
        return new Chosen(made.descriptor(), Optional.of(made));
    }

    private static boolean describes(Descriptor entry, Set<Digest> wanted) {
        String described = entry.annotations().get(DESCRIBED);
        return described != null
                && wanted.stream().anyMatch(digest -> digest.toString().equals(described));
    }
}
