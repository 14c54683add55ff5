package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads manifests: {@link ManifestDocument#parse}. */
final class ManifestParser {
    static final List<String> NAMES = List.of(
            "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject", "annotations");

    private ManifestParser() {}

    static ManifestDocument parse(Manifest manifest) {
        requireSupported(manifest);
        String mediaType = manifest.mediaType();
        if (ImageManifest.isImageManifest(mediaType)) {
            return parse(manifest, ManifestParser::imageManifest);
        }
        if (ImageIndex.isImageIndex(mediaType)) {
            return parse(manifest, ManifestParser::imageIndex);
        }
        return opaque(manifest);
    }

    static void requireSupported(Manifest manifest) {
        String mediaType = manifest.mediaType();
        if (mediaType.equals(MediaTypes.DOCKER_MANIFEST_SCHEMA1)
                || mediaType.equals(MediaTypes.DOCKER_MANIFEST_SCHEMA1_SIGNED)) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "The manifest " + manifest.digest() + " is of Docker's schema 1, which is not supported; "
                            + "push the image again with a current client, which uses schema 2 or OCI");
        }
    }

    private interface Kind {
        ManifestDocument read(Manifest manifest, JsonObject document);
    }

    private static ManifestDocument parse(Manifest manifest, Kind kind) {
        try {
            JsonObject document = JsonObject.root(StrictJson.parse(manifest.asByteBuffer()));
            check(manifest, document);
            return kind.read(manifest, document);
        } catch (MalformedJsonException e) {
            throw invalid(manifest, e);
        }
    }

    /** Checks the fields that all known kinds have. */
    static void check(Manifest manifest, JsonObject document) {
        document.requireExactNames(NAMES);
        requireVersion(document);
        requireMediaType(manifest, document);
    }

    static RegistryException invalid(Manifest manifest, MalformedJsonException problem) {
        String message = "The manifest " + manifest.digest() + " is not valid"
                + (problem.field().isEmpty() ? ": it " : ": ") + problem.getMessage();
        Map<String, String> detail = problem.field().isEmpty()
                ? Map.of("digest", manifest.digest().toString())
                : Map.of("digest", manifest.digest().toString(), "field", problem.field());
        return RegistryException.builder(new RegistryError(ErrorCode.MANIFEST_INVALID, message, detail))
                .cause(problem)
                .build();
    }

    private static ImageManifest imageManifest(Manifest manifest, JsonObject document) {
        refuse(document, "manifests", "an image manifest");
        return new ImageManifest(
                manifest.mediaType(),
                artifactType(document),
                DescriptorJson.read(document.requireObject("config")),
                descriptors(document, "layers"),
                subject(document),
                document.stringMap("annotations"),
                Optional.of(manifest));
    }

    private static ImageIndex imageIndex(Manifest manifest, JsonObject document) {
        refuse(document, "config", "an index");
        refuse(document, "layers", "an index");
        return new ImageIndex(
                manifest.mediaType(),
                artifactType(document),
                descriptors(document, "manifests"),
                subject(document),
                document.stringMap("annotations"),
                Optional.of(manifest));
    }

    private static void requireVersion(JsonObject document) {
        OptionalLong version = document.integer("schemaVersion");
        if (version.isPresent() && version.getAsLong() != 2) {
            throw document.malformed("schemaVersion", "must be 2, not " + version.getAsLong());
        }
    }

    private static void requireMediaType(Manifest manifest, JsonObject document) {
        Optional<String> own = document.string("mediaType").filter(type -> !type.isEmpty());
        if (own.isPresent() && !own.get().equals(manifest.mediaType())) {
            throw document.malformed(
                    "mediaType",
                    "is '" + JsonObject.printable(own.get()) + "', but the manifest was sent as '"
                            + manifest.mediaType() + "'; the two must be the same");
        }
    }

    /** A document that is both would be one thing to this reader and another to the next (CVE-2021-41190). */
    static void refuse(JsonObject document, String name, String kind) {
        if (document.has(name)) {
            throw document.malformed(name, "must not be in " + kind);
        }
    }

    /** The field must be there; programs in Go write {@code null} for an empty list. */
    static void requireList(JsonObject document, String name) {
        if (!document.node().has(name)) {
            throw document.malformed(name, "is missing");
        }
        document.requireArray(name);
    }

    private static List<Descriptor> descriptors(JsonObject document, String name) {
        requireList(document, name);
        return document.objects(name).stream().map(DescriptorJson::read).toList();
    }

    static Optional<String> artifactType(JsonObject document) {
        return document.string("artifactType").filter(type -> !type.isEmpty());
    }

    private static Optional<Descriptor> subject(JsonObject document) {
        return document.object("subject").map(DescriptorJson::read);
    }

    private static OpaqueManifest opaque(Manifest manifest) {
        Optional<JsonObject> document = attempt(() -> JsonObject.root(StrictJson.parse(manifest.asByteBuffer())));
        return new OpaqueManifest(
                ask(document, ManifestParser::subject).orElse(Optional.empty()),
                ask(document, ManifestParser::artifactType).orElse(Optional.empty()),
                ask(document, json -> json.stringMap("annotations")).orElse(Map.of()),
                manifest);
    }

    static <T> Optional<T> ask(Optional<JsonObject> document, Function<JsonObject, T> question) {
        return document.flatMap(json -> attempt(() -> question.apply(json)));
    }

    static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }
}
