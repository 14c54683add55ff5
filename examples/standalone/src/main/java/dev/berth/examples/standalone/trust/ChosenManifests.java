package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which manifests of an image for several platforms are meant: the index alone, unless they are given. */
final class ChosenManifests {
    @Option(
            names = "--recursive",
            description = "Of an image for several platforms, take the image of each platform as well as the index that"
                    + " lists them. Without it, the index alone.")
    private boolean recursive;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            description = "Of an image for several platforms, take the image of this one.")
    private @Nullable String platform;

    /** Reads which manifests are meant, by digest: what a tag names may change meanwhile. */
    List<Descriptor> of(ImageLocation image) {
        if (platform != null) {
            if (recursive) {
                throw new UsageException("Give --platform or --recursive, not both");
            }
            return List.of(PlatformImages.of(image).get(platform(platform)));
        }
        Manifest manifest = image.get();
        List<Descriptor> chosen = new ArrayList<>(List.of(manifest.descriptor()));
        if (recursive && ManifestDocument.parse(manifest) instanceof ImageIndex) {
            chosen.addAll(PlatformImages.of(image, manifest).images());
        }
        return chosen;
    }

    static Platform platform(String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
