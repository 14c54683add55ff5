package dev.berth.registry.client;

import dev.berth.registry.Tag;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.WireHeaders;
import java.util.ArrayList;
import java.util.List;

/** {@code OCI-Tag}: the tags that a request has set or deleted, in one header or several. */
final class TagHeader {
    private TagHeader() {}

    static List<Tag> read(IncomingResponse response) {
        List<Tag> tags = new ArrayList<>();
        for (String value : response.headers(WireHeaders.TAG)) {
            for (String text : value.split(",", -1)) {
                add(tags, text.strip());
            }
        }
        return tags;
    }

    private static void add(List<Tag> tags, String text) {
        try {
            tags.add(Tag.parse(text));
        } catch (IllegalArgumentException e) {
            // It is not one of the request.
            return;
        }
    }
}
