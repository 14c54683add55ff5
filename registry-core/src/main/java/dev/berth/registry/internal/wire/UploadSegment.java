package dev.berth.registry.internal.wire;

import dev.berth.registry.UploadId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An upload id as one segment of a path. Ids are opaque: that of a registry behind this one is a whole address with
 * slashes, which proxies on the way do not leave alone even when they are escaped. An id that is not made of harmless
 * characters only is therefore written in base64url behind a tilde.
 */
public final class UploadSegment {
    private static final char ENCODED = '~';

    private UploadSegment() {}

    /** Returns whether the id stands in a path as it is. */
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

    /** Returns the segment. */
    public static String format(UploadId id) {
        return isPlain(id)
                ? id.value()
                : ENCODED
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(id.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the id, or empty if the segment cannot come from {@link #format}. */
    public static Optional<UploadId> parse(String segment) {
        try {
            if (segment.isEmpty() || segment.charAt(0) != ENCODED) {
                return Optional.of(UploadId.of(segment));
            }
            byte[] bytes = Base64.getUrlDecoder().decode(segment.substring(1));
            return Optional.of(UploadId.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
