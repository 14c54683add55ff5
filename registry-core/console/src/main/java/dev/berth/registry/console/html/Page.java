package dev.berth.registry.console.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A whole page. */
public final class Page {
    private Page() {}

    /** Returns the bytes of a page, in UTF-8. */
    public static byte[] bytes(Element html) {
        StringBuilder out = new StringBuilder(8192);
        out.append("<!doctype html>\n");
        try {
            html.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
