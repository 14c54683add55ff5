package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import java.util.Objects;

/**
 * Content that a manifest names: one of {@link ManifestDocument#references()}. Immutable.
 *
 * @param descriptor the descriptor in the manifest
 * @param role what the content is to the manifest
 * @param required whether the manifest is complete only with this content in the same repository. A subject may be
 *     absent, and a layer if its descriptor says where else it is ({@code urls}) or its media type that it must not be
 *     distributed
 * @since 0.1
 */
public record ManifestReference(Descriptor descriptor, Role role, boolean required) {

    /** What referenced content is to the manifest that names it. More roles may be added. */
    public enum Role {
        /** The configuration of an image or artifact: a blob. */
        CONFIG,
        /** A layer of an image, or a part of an artifact: a blob. */
        LAYER,
        /** An entry of an index: a manifest, though some builders list blobs here, such as those of their caches. */
        MANIFEST,
        /** The manifest that this one refers to. */
        SUBJECT
    }

    /** Checks that the parts are there. */
    public ManifestReference {
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(role, "role");
    }

    static ManifestReference config(Descriptor config) {
        return new ManifestReference(config, Role.CONFIG, true);
    }

    static ManifestReference layer(Descriptor layer) {
        return new ManifestReference(layer, Role.LAYER, !mayBeElsewhere(layer));
    }

    static ManifestReference manifest(Descriptor manifest) {
        return new ManifestReference(manifest, Role.MANIFEST, true);
    }

    static ManifestReference subject(Descriptor subject) {
        return new ManifestReference(subject, Role.SUBJECT, false);
    }

    static boolean mayBeElsewhere(Descriptor layer) {
        return !layer.urls().isEmpty()
                || layer.mediaType().startsWith(MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX)
                || layer.mediaType().equals(MediaTypes.DOCKER_FOREIGN_LAYER);
    }

    /** Returns the digest of the content. */
    public Digest digest() {
        return descriptor.digest();
    }

    /** Returns whether this is content of the manifest: anything but its subject. */
    public boolean isContent() {
        return role != Role.SUBJECT;
    }
}
