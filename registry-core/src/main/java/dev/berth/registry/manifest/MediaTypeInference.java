package dev.berth.registry.manifest;

import dev.berth.registry.MediaTypes;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.util.Optional;

/**
 * Finds the media type of a manifest of which there are only the bytes: {@link ManifestDocument#inferMediaType}. More
 * lenient than the parser, since the bytes may have been taken in by another registry.
 */
final class MediaTypeInference {

    private MediaTypeInference() {}

    static Optional<String> infer(byte[] manifest) {
        try {
            return infer(JsonObject.root(StrictJson.parseLastNameWins(manifest)));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    static Optional<String> declared(byte[] manifest) {
        try {
            return declared(JsonObject.root(StrictJson.parseLastNameWins(manifest)));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
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
