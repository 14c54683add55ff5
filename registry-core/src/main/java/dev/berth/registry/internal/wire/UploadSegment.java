package dev.berth.registry.internal.wire;

import dev.berth.registry.UploadId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An upload id as one segment of a path. Ids are opaque; the id of an upstream registry is a URL with slashes, which
 * proxies may alter even if they are escaped. An id with characters other than unreserved ones is therefore encoded as
 * base64url after a tilde.
 */
public final class UploadSegment {
    private static final char ENCODED = '~';

    private UploadSegment() {}

    /** Returns whether the id is used in a path without encoding. */
    public static boolean isPlain(UploadId id) {
        String text = id.value();
        if (text.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ENCODED || !PercentCoding.isUnreserved(c)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the segment of an id. */
    public static String format(UploadId id) {
        return isPlain(id)
                ? id.value()
                : ENCODED
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(id.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the id of a segment, or empty if {@link #format} cannot have produced the segment. */
    public static Optional<UploadId> parse(String segment) {
        try {
            UploadId id = UploadId.of(decode(segment));
            return format(id).equals(segment) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String decode(String segment) throws CharacterCodingException {
        if (segment.isEmpty() || segment.charAt(0) != ENCODED) {
            return segment;
        }
        byte[] bytes = Base64.getUrlDecoder().decode(segment.substring(1));
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
