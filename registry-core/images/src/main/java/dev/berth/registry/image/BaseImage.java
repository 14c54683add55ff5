package dev.berth.registry.image;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.MountSource;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.manifest.ResolvedImage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The image that a new one is built upon. */
record BaseImage(ResolvedImage image) {

    /**
     * Reads the manifest and the configuration.
     *
     * @param platform the wanted platform; may be empty if there is only one
     */
    static BaseImage read(ImageLocation location, Optional<Platform> platform) {
        ResolvedImage image = ResolvedImage.of(location, platform);
        int layers = image.layers().size();
        int diffIds = image.config().diffIds().size();
        if (diffIds != layers) {
            throw new ImageBuildException("The base image " + location + " has " + layers
                    + " layers, but its configuration lists " + diffIds);
        }
        return new BaseImage(image);
    }

    ImageConfig config() {
        return image.config();
    }

    /** Returns the layers, the lowest first. */
    List<Descriptor> layers() {
        return image.layers();
    }

    /** Makes the layers available in another repository: mounts or copies those that it lacks. */
    void copyLayersTo(Registry target, RepositoryName name) {
        Blobs blobs = target.repository(name).blobs();
        boolean sameRegistry =
                target.identity().equals(image.location().registry().identity());
        MountSource from = MountSource.from(image.location().repositoryName());
        for (ManifestReference reference : image.manifest().references()) {
            if (reference.role() != ManifestReference.Role.LAYER
                    || isElsewhere(reference)
                    || blobs.find(reference.digest()).isPresent()
                    || sameRegistry && blobs.mount(reference.digest(), from).isPresent()) {
                continue;
            }
            blobs.push(reference.digest(), new LayerOfBase(reference.descriptor()));
        }
    }

    /** A layer that must not be distributed is where its descriptor says, or missing from the registry of the base. */
    private boolean isElsewhere(ManifestReference layer) {
        return !layer.required()
                && (!layer.descriptor().urls().isEmpty()
                        || blobs().find(layer.digest()).isEmpty());
    }

    private Blobs blobs() {
        return image.location().repository().blobs();
    }

    /** A layer of the base image, read from its registry. */
    private final class LayerOfBase implements BlobSource {
        private final Descriptor layer;

        LayerOfBase(Descriptor layer) {
            this.layer = layer;
        }

        @Override
        public InputStream open() throws IOException {
            BlobContent content = blobs().open(layer.digest());
            return new FilterInputStream(content.stream()) {
                @Override
                public void close() {
                    content.close();
                }
            };
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(layer.size());
        }

        @Override
        public boolean reopenable() {
            return true;
        }
    }
}
