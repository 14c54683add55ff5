package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.Optional;

/** Reads the platform of an image out of its configuration, for images that no index tells it of. */
final class ConfigPlatform {
    private static final int MAX_CONFIG_BYTES = 8 * 1024 * 1024;

    private final ImageLocation location;

    /**
     * Begins with nothing read.
     *
     * @param location what the image belongs to, for messages
     */
    ConfigPlatform(ImageLocation location) {
        this.location = location;
    }

    /** Returns the platform of an image, or empty if it is something else: an artifact, an index. */
    Optional<Platform> of(ManifestDocument document) {
        return document instanceof ImageManifest image && isOfImage(image.config())
                ? Optional.of(read(image.config()))
                : Optional.empty();
    }

    private static boolean isOfImage(Descriptor config) {
        return config.mediaType().equals(MediaTypes.OCI_CONFIG)
                || config.mediaType().equals(MediaTypes.DOCKER_CONFIG);
    }

    private Platform read(Descriptor config) {
        try (var content = location.repository().open().blobs().open(config.digest())) {
            if (content.length() > MAX_CONFIG_BYTES) {
                throw new IOException("it is " + content.length() + " bytes long");
            }
            byte[] bytes = content.stream().readAllBytes();
            if (!Digest.of(config.digest().algorithm(), bytes).equals(config.digest())) {
                throw new IOException("it is corrupt");
            }
            return ImageConfig.parse(bytes).platform();
        } catch (IOException | IllegalArgumentException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not read the configuration " + config.digest() + " of " + location + " for its platform: "
                            + e.getMessage(),
                    e);
        } catch (RegistryException e) {
            throw CopyFailure.of("read the configuration of " + location + " for its platform", e);
        }
    }
}
