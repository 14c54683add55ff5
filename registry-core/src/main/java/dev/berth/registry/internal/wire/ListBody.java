package dev.berth.registry.internal.wire;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bodies of the list of tags (end-8) and of the catalog. They are formatted without a JSON library, since names and
 * tags consist of characters that JSON does not escape.
 */
public final class ListBody {
    private ListBody() {}

    /** Formats a list of tags. */
    public static byte[] ofTags(RepositoryName name, List<Tag> tags) {
        StringBuilder body = new StringBuilder(64 + 16 * tags.size());
        body.append("{\"name\":\"").append(name).append("\",\"tags\":");
        return close(appendArray(body, tags));
    }

    /** Formats a list of repositories. */
    public static byte[] ofCatalog(List<RepositoryName> names) {
        StringBuilder body = new StringBuilder(64 + 32 * names.size());
        body.append("{\"repositories\":");
        return close(appendArray(body, names));
    }

    private static StringBuilder appendArray(StringBuilder body, List<?> entries) {
        body.append('[');
        for (int i = 0; i < entries.size(); i++) {
            body.append(i == 0 ? "\"" : ",\"").append(entries.get(i)).append('"');
        }
        return body.append(']');
    }

    private static byte[] close(StringBuilder body) {
        return body.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Parses a list of tags.
     *
     * @return the tags as text, not validated; empty if the list is {@code null} or absent, as some registries send it
     * @throws MalformedJsonException if the body is not a list of tags
     */
    public static List<String> parseTags(byte[] body) {
        return JsonObject.root(StrictJson.parseLastNameWins(body)).strings("tags");
    }

    /** Parses a list of repositories in the same way as {@link #parseTags}. */
    public static List<String> parseCatalog(byte[] body) {
        return JsonObject.root(StrictJson.parseLastNameWins(body)).strings("repositories");
    }
}
