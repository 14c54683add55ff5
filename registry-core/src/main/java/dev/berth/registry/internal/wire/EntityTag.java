package dev.berth.registry.internal.wire;

import dev.berth.registry.Digest;
import java.util.List;
import java.util.Optional;

/** Entity tags (RFC 9110, section 8.8.3). The entity tag of content is its digest, and is strong. */
public final class EntityTag {
    private EntityTag() {}

    /** Formats an {@code ETag}. */
    public static String format(Digest digest) {
        return "\"" + digest + "\"";
    }

    /** Returns the digest of an entity tag, or empty if the value is a weak entity tag, a list, or not a digest. */
    public static Optional<Digest> parse(String value) {
        String text = value.strip();
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(text.substring(1, text.length() - 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether {@code If-None-Match} matches existing content with this digest. A digest without quotes matches
     * as well, since clients of {@code registry:2} send it. {@code *} matches any existing content.
     */
    public static boolean matches(List<String> values, Digest digest) {
        String wanted = digest.toString();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                String tag = part.strip();
                if (tag.equals("*")) {
                    return true;
                }
                if (tag.startsWith("W/")) {
                    tag = tag.substring(2);
                }
                if (tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")) {
                    tag = tag.substring(1, tag.length() - 1);
                }
                if (tag.equals(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
