package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a manifest. Immutable.
 *
 * <p>A document that was read keeps the manifest that it was read from, so that {@link #toManifest} gives exactly those
 * bytes back, and a changed copy keeps the fields that are not known here.
 *
 * @since 0.1
 */
public sealed interface ManifestDocument permits ImageManifest, ImageIndex, OpaqueManifest, StoredDocument {

    /**
     * Reads a manifest, by the rules of the OCI image specification ("Image Manifest", "Image Index") for the media
     * types that have rules, and with no rules at all for media types that are not known.
     *
     * <p>The document must be one thing only (CVE-2021-41190): its own {@code mediaType}, if there is one, must be that
     * of the manifest, an image manifest must not have {@code manifests}, an index neither {@code config} nor
     * {@code layers}, and no object the same name twice.
     *
     * <p>The number of bytes is for the caller to limit. What is needed beside them is bounded by the number of tokens
     * in the document, at most half a million, and its depth, at most 100.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_INVALID} if the content is not what the media type says;
     *     message and detail ({@code field}) name the field. Also for schema 1, which is not supported
     */
    static ManifestDocument parse(Manifest source) {
        return ManifestParser.parse(source);
    }

    /**
     * Reads of a manifest what a registry has to know to store it, by the same rules as {@link #parse}. The document tells
     * the subject, the references and the artifact type; its descriptors have neither annotations nor platforms. The
     * manifest is read as a stream: memory is needed for the references only, at most some five times its size.
     * {@link ManifestDocument#annotations()} reads the manifest again.
     *
     * @throws RegistryException as {@link #parse}
     */
    static ManifestDocument outline(Manifest source) {
        return ManifestOutline.read(source);
    }

    /**
     * Reads a manifest that is about to be stored: as {@link #outline}, and the {@code mediaType} field of a manifest of an
     * unknown media type, if it has one, must also be the media type of the manifest. Readers that have only the bytes go
     * by that field. A media type that browsers render is not that of a manifest
     * ({@link MediaTypes#isActiveContent}).
     *
     * @throws RegistryException as {@link #parse}
     */
    static ManifestDocument parseNew(Manifest source) {
        if (MediaTypes.isActiveContent(source.mediaType())) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "A manifest cannot have the media type " + JsonObject.printable(source.mediaType())
                            + ", which browsers render; send it with the type of a manifest, such as "
                            + MediaTypes.OCI_MANIFEST + ", and other content as a blob");
        }
        ManifestDocument document = ManifestOutline.read(source);
        if (!isKnown(source.mediaType())) {
            MediaTypeInference.requireSame(source);
        }
        return document;
    }

    /**
     * Returns the media type that a reader infers from the bytes of a manifest alone, as in the storage layout of
     * {@code registry:2}: its {@code mediaType} field; else an OCI index if it has {@code manifests}, an OCI image
     * manifest if it has {@code config} or {@code layers}, and schema 1 if it is of that version.
     *
     * <p>A registry that keeps the media type elsewhere only when this method would not find it relies on the answer
     * for the same bytes to stay the same for ever.
     *
     * @return the media type, or empty if it cannot be inferred, for instance because the bytes are not a JSON object
     */
    static Optional<String> inferMediaType(byte[] content) {
        return MediaTypeInference.infer(ByteBuffer.wrap(content));
    }

    /** As {@link #inferMediaType(byte[])}, from the position of a buffer to its limit. */
    static Optional<String> inferMediaType(ByteBuffer content) {
        return MediaTypeInference.infer(content);
    }

    /** Returns the {@code mediaType} field of these bytes, or empty if they have none. */
    static Optional<String> declaredMediaType(byte[] content) {
        return MediaTypeInference.declared(ByteBuffer.wrap(content));
    }

    /** As {@link #declaredMediaType(byte[])}, from the position of a buffer to its limit. */
    static Optional<String> declaredMediaType(ByteBuffer content) {
        return MediaTypeInference.declared(content);
    }

    /**
     * Returns whether {@link #parse} knows the structure of this media type: image manifest or index, of OCI or Docker.
     */
    static boolean isKnown(String mediaType) {
        return switch (mediaType) {
            case MediaTypes.OCI_MANIFEST,
                    MediaTypes.OCI_INDEX,
                    MediaTypes.DOCKER_MANIFEST,
                    MediaTypes.DOCKER_MANIFEST_LIST -> true;
            default -> false;
        };
    }

    /** Returns what the {@code mediaType} field of the bytes of this document says. */
    default Optional<String> declaredMediaType() {
        return MediaTypeInference.declared(toManifest().asByteBuffer());
    }

    /** Returns the media type that {@link #inferMediaType} finds in the bytes of this document. */
    default Optional<String> inferredMediaType() {
        return MediaTypeInference.infer(toManifest().asByteBuffer());
    }

    /** Returns the media type of the manifest. */
    String mediaType();

    /** Returns the manifest that this one refers to ({@code subject}). */
    Optional<Descriptor> subject();

    /**
     * Returns everything that the manifest names, in its order: the configuration and the layers of an image, the entries
     * of an index, and last the subject. The same content may be named more than once.
     */
    List<ManifestReference> references();

    /**
     * Returns the artifact type as the listing of referrers wants it (OCI distribution specification, "Listing
     * Referrers"): that of the document, else of an image manifest the media type of its configuration.
     */
    Optional<String> artifactType();

    /** Returns the annotations, in their order. */
    Map<String, String> annotations();

    /**
     * Returns this document as a manifest: the very one that it was read from if nothing was changed since, else newly
     * written, with those fields of the original that are not known here.
     */
    Manifest toManifest();
}
