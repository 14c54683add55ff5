package dev.berth.registry.server.resources;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.EntityTag;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores manifests under a tag, or under their digest and up to 64 tags (end-7). */
final class ManifestPutHandler implements ResourceHandler {
    /** Each tag is a write, and a header field of the response, of which clients accept about a hundred. */
    private static final int MOST_TAGS = 64;

    private final int maxManifestBytes;

    private final MemoryBudget memory;
    /** For the moment in which a body is copied. Apart from the other, or bodies could wait for each other. */
    private final MemoryBudget copies;

    ManifestPutHandler(int maxManifestBytes, MemoryBudget memory) {
        this.maxManifestBytes = maxManifestBytes;
        this.memory = memory;
        this.copies = new MemoryBudget(memory.size() / 4);
    }

    @Override
    public RegistryResponse handle(ApiCall call) throws IOException {
        Repository repository = call.repository();
        ManifestSelector selector = call.path().selector();
        List<Tag> tags = selector instanceof Digest
                ? call.query().all("tag").stream().map(TagsHandler::tag).toList()
                : List.of((Tag) selector);
        if (tags.size() > MOST_TAGS) {
            return ErrorResponses.malformed(
                    414,
                    "A push takes at most " + MOST_TAGS + " tags, not " + tags.size() + "; push again for the others");
        }
        TagCondition condition = condition(call, tags);
        PutResult result;
        try (MemoryLease lease = memory.forGrowing(call.request()::isAbandoned)) {
            Manifest manifest = read(call, lease);
            if (memory.isShort() && call.request().isAbandoned()) {
                throw ExchangeAbortedException.close();
            }
            result = repository
                    .manifests()
                    .put(
                            manifest,
                            PutOptions.builder().tags(tags).condition(condition).build());
        }
        Digest stored = result.descriptor().digest();
        RegistryResponse.Builder response = ApiResponses.created(ApiPath.ofManifest(repository.name(), stored), stored);
        if (selector instanceof Digest) {
            result.tags().forEach(tag -> response.header(WireHeaders.TAG, tag.toString()));
        }
        result.subject().ifPresent(subject -> response.header(WireHeaders.SUBJECT, subject.toString()));
        return response.build();
    }

    /**
     * Returns the conditions of the request (RFC 9110, section 13) as a condition on the current manifest of the tags. A
     * condition that is not supported is refused rather than ignored, since the client relies on it.
     */
    private static TagCondition condition(ApiCall call, List<Tag> tags) {
        List<String> match = call.request().headers().all(WireHeaders.IF_MATCH);
        List<String> noneMatch = call.request().headers().all(WireHeaders.IF_NONE_MATCH);
        if (match.isEmpty() && noneMatch.isEmpty()) {
            return TagCondition.any();
        }
        if (!tags.isEmpty() && match.isEmpty() && noneMatch.equals(List.of("*"))) {
            return TagCondition.absent();
        }
        Optional<Digest> expected = match.size() == 1 ? EntityTag.parse(match.get(0)) : Optional.empty();
        if (!tags.isEmpty() && noneMatch.isEmpty() && expected.isPresent()) {
            return TagCondition.currently(expected.get());
        }
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "The conditions that a push can have are If-None-Match: * and If-Match with the entity tag of one"
                        + " manifest, and they concern tags");
    }

    private Manifest read(ApiCall call, MemoryLease lease) throws IOException {
        long announced = call.request().contentLength().orElse(maxManifestBytes);
        if (announced > maxManifestBytes) {
            throw tooLarge();
        }
        String told = MediaTypeHeader.withoutParameters(
                call.header(WireHeaders.CONTENT_TYPE).orElse(""));
        if (!told.isEmpty()) {
            // Before the body is received.
            requireManifestType(told);
        }
        ReceivedBody body = ReceivedBody.of(call.request().body(), lease, announced, maxManifestBytes);
        if (body.size() > maxManifestBytes) {
            throw tooLarge();
        }
        ManifestSelector selector = call.path().selector();
        DigestAlgorithm algorithm = selector instanceof Digest digest ? digest.algorithm() : DigestAlgorithm.SHA256;
        Manifest manifest;
        try (MemoryLease copy = copies.acquire(body.size(), 1, call.request()::isAbandoned)) {
            manifest = Manifest.read(MediaTypes.OCTET_STREAM, body, body.size(), algorithm);
        }
        String mediaType = told.isEmpty() ? declaredMediaType(manifest) : told;
        requireManifestType(mediaType);
        Manifest typed = manifest.withMediaType(mediaType);
        return selector instanceof Digest digest ? typed.verify(digest) : typed;
    }

    private RegistryException tooLarge() {
        return RegistryException.of(
                ErrorCode.MANIFEST_TOO_LARGE,
                "The manifest is too large: this registry takes manifests of at most " + maxManifestBytes + " bytes");
    }

    private static void requireManifestType(String mediaType) {
        if (!MediaTypeHeader.isMediaType(mediaType)) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "The media type of the manifest is not one: '" + JsonObject.printable(mediaType) + "'");
        }
        if (MediaTypes.isActiveContent(mediaType)) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "A manifest cannot have the media type " + mediaType
                            + ", which browsers render; send it with the type of a manifest, such as "
                            + MediaTypes.OCI_MANIFEST + ", and other content as a blob");
        }
    }

    /** Returns the media type that the manifest itself declares. */
    private static String declaredMediaType(Manifest manifest) {
        try {
            return StrictJson.parseFields(manifest.asByteBuffer(), Set.of("mediaType"))
                    .requireString("mediaType");
        } catch (MalformedJsonException e) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "The request has no Content-Type, and the manifest does not declare its type either: "
                            + e.getMessage(),
                    e);
        }
    }
}
