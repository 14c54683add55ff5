package dev.berth.registry.manifest;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the media type of a manifest of which there are only the bytes: {@link ManifestDocument#inferMediaType}. More
 * lenient than the parser, since the bytes may have been taken in by another registry.
 */
final class MediaTypeInference {

    private static final Set<String> FIELDS =
            Set.of("mediaType", "schemaVersion", "signatures", "manifests", "config", "layers");

    private MediaTypeInference() {}

    static Optional<String> infer(ByteBuffer manifest) {
        try {
            return infer(StrictJson.parseFields(manifest, FIELDS));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    static Optional<String> declared(ByteBuffer manifest) {
        try {
            return declared(StrictJson.parseFields(manifest, Set.of("mediaType")));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Fails if the {@code mediaType} field of a manifest says something else than the manifest. */
    static void requireSame(Manifest manifest) {
        declared(manifest.asByteBuffer())
                .filter(declared -> !declared.equals(manifest.mediaType()))
                .ifPresent(declared -> {
                    throw RegistryException.of(
                            ErrorCode.MANIFEST_INVALID,
                            "The manifest was pushed as " + manifest.mediaType() + ", but its mediaType field says "
                                    + JsonObject.printable(declared) + "; the two must be the same");
                });
    }

    private static Optional<String> declared(JsonObject document) {
        return document.string("mediaType").filter(type -> !type.isEmpty());
    }

    private static Optional<String> infer(JsonObject document) {
        Optional<String> own = declared(document);
        if (own.isPresent()) {
            return own;
        }
        if (document.integer("schemaVersion").orElse(2) == 1) {
            return Optional.of(
                    document.has("signatures")
                            ? MediaTypes.DOCKER_MANIFEST_SCHEMA1_SIGNED
                            : MediaTypes.DOCKER_MANIFEST_SCHEMA1);
        }
        if (document.has("manifests")) {
            return Optional.of(MediaTypes.OCI_INDEX);
        }
        if (document.has("config") || document.has("layers")) {
            return Optional.of(MediaTypes.OCI_MANIFEST);
        }
        return Optional.empty();
    }
}
