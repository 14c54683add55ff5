package dev.berth.registry.internal.wire;

/** {@code Content-Type}. The specification requires its parameters to be ignored. */
public final class MediaTypeHeader {
    private MediaTypeHeader() {}

    /** Returns the media type without parameters; it may be empty. */
    public static String withoutParameters(String value) {
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    }

    /** Returns whether the text has the form of a media type without parameters (RFC 9110, section 8.3.1). */
    public static boolean isMediaType(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && isToken(text, 0, slash) && isToken(text, slash + 1, text.length());
    }

    private static boolean isToken(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "()<>@,;:\\\"/[]?={}".indexOf(c) >= 0) {
                return false;
            }
        }
        return begin < end;
    }
}
