package dev.berth.registry.internal.wire;

/** {@code Content-Type}: the specification wants its parameters ignored. */
public final class MediaTypeHeader {
    private MediaTypeHeader() {}

    /** Returns the media type without parameters; empty if there is nothing before them. */
    public static String withoutParameters(String value) {
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    }
}
