package dev.berth.registry.image;

import java.util.regex.Pattern;

/** The names of media types (RFC 6838, section 4.2). */
final class MediaTypeSyntax {
    private static final String PART = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
    private static final Pattern MEDIA_TYPE = Pattern.compile(PART + "/" + PART);

    private MediaTypeSyntax() {}

    /**
     * Returns the media type.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String require(String mediaType) {
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException(
                    "'" + mediaType + "' is not a media type like application/vnd.example.thing.v1+json");
        }
        return mediaType;
    }
}
