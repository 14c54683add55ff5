package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Reference;
import dev.berth.registry.client.RemoteOptions;
import org.jspecify.annotations.Nullable;

/** What all builders have in common: the push to a registry that a reference names. Not thread-safe. */
abstract sealed class ReferencePush permits ArtifactBuilder, ImageBuilder, IndexBuilder {
    /** How to reach the registries that references name; null for the credentials that are stored on this machine. */
    @Nullable RemoteOptions remoteOptions;

    /**
     * Builds and pushes to the registry that the reference names, with the options that {@code remoteOptions} sets. As
     * {@link #pushTo(ImageLocation)}.
     *
     * @param reference a reference as {@link Reference#parse} takes it: {@code registry.example/team/app:1.0}
     * @throws IllegalArgumentException also if this is not a reference
     */
    public final Descriptor pushTo(String reference) {
        return pushTo(Reference.parse(reference));
    }

    /** Builds and pushes to the registry that the reference names. As {@link #pushTo(String)}. */
    public final Descriptor pushTo(Reference reference) {
        try (NamedRegistries registries = new NamedRegistries(remoteOptions)) {
            return pushTo(registries.locate(reference));
        }
    }

    /**
     * Builds and pushes to a location: under its tag, or under a digest, which the manifest must then have.
     *
     * @return the descriptor of the manifest
     * @throws dev.berth.registry.RegistryException if the registry fails; with
     *     {@link dev.berth.registry.ErrorCode#DIGEST_INVALID} if the manifest has another digest than the location
     */
    public abstract Descriptor pushTo(ImageLocation location);
}
