package dev.berth.registry.client;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest out of a response.
 *
 * @param manifest the manifest, verified
 * @param entityTag what names this state of the address to the registry, if it gave something
 */
record ManifestResponse(Manifest manifest, Optional<String> entityTag) {
    /** What is sent for a manifest by servers that do not know what they send. */
    private static final Set<String> VAGUE =
            Set.of("", "application/json", "text/plain", "application/octet-stream", "binary/octet-stream");

    static boolean isVague(String mediaType) {
        return VAGUE.contains(mediaType);
    }

    /**
     * Reads a manifest.
     *
     * @param what which one, for messages
     * @param limit the largest number of bytes
     */
    static ManifestResponse read(IncomingResponse response, ManifestSelector selector, String what, int limit)
            throws TransportException {
        byte[] bytes = bytes(response, what, limit);
        Manifest manifest = verified(mediaType(response, bytes, what), bytes, response, selector);
        return new ManifestResponse(manifest, response.header(WireHeaders.ETAG));
    }

    private static byte[] bytes(IncomingResponse response, String what, int limit) throws TransportException {
        return response.readAll(limit)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_TOO_LARGE,
                        Origin.of(response.address()) + " sends more than " + limit + " bytes for " + what
                                + "; the client's options can allow more"));
    }

    /** Fails if header and content say different things: two readers must not see two things (CVE-2021-41190). */
    private static String mediaType(IncomingResponse response, byte[] bytes, String what) {
        String told = MediaTypeHeader.withoutParameters(
                response.header(WireHeaders.CONTENT_TYPE).orElse(""));
        Optional<String> declared = ManifestDocument.declaredMediaType(bytes);
        if (isVague(told)) {
            return declared.or(() -> ManifestDocument.inferMediaType(bytes))
                    .orElse(told.isEmpty() ? "application/octet-stream" : told);
        }
        if (declared.isPresent() && !declared.get().equals(told)) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    Origin.of(response.address()) + " sends " + what + " as " + told
                            + ", but its content says that it is " + declared.get());
        }
        return told;
    }

    private static Manifest verified(
            String mediaType, byte[] bytes, IncomingResponse response, ManifestSelector selector) {
        if (selector instanceof Digest asked) {
            return Manifest.verified(mediaType, bytes, asked);
        }
        Optional<Digest> told = ContentDigestHeader.of(response);
        return told.isPresent() ? Manifest.verified(mediaType, bytes, told.get()) : Manifest.of(mediaType, bytes);
    }
}
