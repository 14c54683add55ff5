package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.manifest.DockerLoading;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses what is written into an archive for {@code docker load}: a single image that Docker can load. */
final class LoadableImage {
    private final String name;
    private final ImageLocation source;

    /**
     * Chooses nothing yet.
     *
     * @param name the name that the user gave, for messages
     */
    LoadableImage(String name, ImageLocation source) {
        this.name = name;
        this.source = source;
    }

    /** Returns the only image of the source; fails if there are several, or Docker cannot load it. */
    ImageLocation only() {
        Manifest named = source.get();
        if (!(ManifestDocument.parse(named) instanceof ImageIndex)) {
            return loadable(source, named);
        }
        List<Descriptor> images = PlatformImages.of(source, named).images();
        List<ImageLocation> different = images.stream()
                .map(Descriptor::digest)
                .distinct()
                .map(source::withSelector)
                .toList();
        if (different.isEmpty()) {
            throw new CommandException(name + " cannot be loaded by Docker: there is no image in this index.");
        }
        if (different.size() > 1) {
            throw new CommandException(
                    name + " is for several platforms, and Docker loads one from an archive; choose it"
                            + " with --platform: "
                            + images.stream()
                                    .flatMap(image -> image.platform().stream())
                                    .map(Platform::toString)
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return loadable(different.get(0), different.get(0).get());
    }

    /** Fails unless Docker can load the image for a platform. */
    void require(Platform platform) {
        ImageLocation image = ImageCopier.forPlatform(source, platform);
        loadable(image, image.get());
    }

    private ImageLocation loadable(ImageLocation location, Manifest image) {
        Optional<String> obstacle = DockerLoading.obstacle(ManifestDocument.parse(image));
        if (obstacle.isPresent()) {
            throw new CommandException(name + " cannot be loaded by Docker: " + Text.printable(obstacle.get()) + ".");
        }
        return location;
    }
}
