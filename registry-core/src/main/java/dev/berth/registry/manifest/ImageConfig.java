package dev.berth.registry.manifest;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration of an image (OCI image specification, "Image Configuration"), as OCI and Docker write it.
 * Immutable.
 *
 * @param platform the platform that the image runs on
 * @param created when the image was built
 * @param author its author
 * @param execution how a container of it runs
 * @param diffIds the digests of the layers before compression, the lowest first
 * @param history the build steps, in their order: one for each layer, and those that added none
 * @param source the JSON text that this configuration was read from
 * @since 0.1
 */
public record ImageConfig(
        Platform platform,
        Optional<Instant> created,
        Optional<String> author,
        ExecutionConfig execution,
        List<Digest> diffIds,
        List<HistoryEntry> history,
        Optional<String> source) {
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Copies the lists. */
    public ImageConfig {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(execution, "execution");
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
        Objects.requireNonNull(source, "source");
    }

    /** Returns a new configuration without layers. */
    public static ImageConfig of(Platform platform) {
        return new ImageConfig(
                platform,
                Optional.empty(),
                Optional.empty(),
                ExecutionConfig.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /**
     * Reads a configuration. The caller limits the number of bytes.
     *
     * @throws IllegalArgumentException if it is none; the message names the field
     */
    public static ImageConfig parse(byte[] json) {
        return ImageConfigJson.parse(json);
    }

    /**
     * Reads a configuration from a repository.
     *
     * @param config the descriptor in the manifest of an image
     * @throws RegistryException with {@link ErrorCode#MANIFEST_INVALID} if the content is not a configuration, with
     *     {@link ErrorCode#SIZE_INVALID} if it is larger than 8 MiB, with {@link ErrorCode#DIGEST_INVALID} if it is
     *     corrupt, and with {@link ErrorCode#BLOB_UNKNOWN} if it is missing; otherwise if the registry fails
     */
    public static ImageConfig read(Repository repository, Descriptor config) {
        String what = "The configuration " + config.digest() + " in " + repository.name();
        byte[] bytes;
        try (BlobContent content = repository.blobs().open(config.digest())) {
            bytes = content.readAllBytes(MAX_BYTES);
        } catch (IOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, what + " cannot be read: " + e.getMessage(), e);
        }
        if (!Digest.compute(config.digest().algorithm(), bytes).equals(config.digest())) {
            throw RegistryException.of(ErrorCode.DIGEST_INVALID, what + " is corrupt: its content has another digest");
        }
        try {
            return parse(bytes);
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.MANIFEST_INVALID, what + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Returns the labels, in their order. */
    public Map<String, String> labels() {
        return execution.labels();
    }

    /** Returns the program and the arguments that always come first; empty if there are none. */
    public List<String> entrypoint() {
        return execution.entrypoint();
    }

    /** Returns the default arguments, or the program if there is no entry point; empty if there are none. */
    public List<String> cmd() {
        return execution.cmd();
    }

    /** Returns the environment variables as {@code NAME=value}. */
    public List<String> env() {
        return execution.env();
    }

    /** Returns this configuration for another platform. */
    public ImageConfig withPlatform(Platform newPlatform) {
        return new ImageConfig(newPlatform, created, author, execution, diffIds, history, source);
    }

    /** Returns this configuration with another time of making. */
    public ImageConfig withCreated(Instant newCreated) {
        return new ImageConfig(platform, Optional.of(newCreated), author, execution, diffIds, history, source);
    }

    /** Returns this configuration with another author. */
    public ImageConfig withAuthor(String newAuthor) {
        return new ImageConfig(platform, created, Optional.of(newAuthor), execution, diffIds, history, source);
    }

    /** Returns this configuration with another way to run. */
    public ImageConfig withExecution(ExecutionConfig newExecution) {
        return new ImageConfig(platform, created, author, newExecution, diffIds, history, source);
    }

    /** Returns this configuration with other layers and their history. */
    public ImageConfig withLayers(List<Digest> newDiffIds, List<HistoryEntry> newHistory) {
        return new ImageConfig(platform, created, author, execution, newDiffIds, newHistory, source);
    }

    /**
     * Returns this configuration as JSON: the very bytes that it was read from if nothing was changed since, else newly
     * written, with those fields of the original that are not known here.
     */
    public byte[] toJson() {
        return ImageConfigJson.write(this);
    }
}
