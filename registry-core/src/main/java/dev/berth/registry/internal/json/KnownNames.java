package dev.berth.registry.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonScanner.Token;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names of an object that are read. All others are skipped, but for those that a reader in Go takes for known ones:
 * see {@link JsonObject#requireExactNames}.
 *
 * @param names the names, in ASCII
 */
public record KnownNames(List<String> names) {

    /** Copies the names. */
    public KnownNames {
        names = List.copyOf(names);
    }

    /** Returns known names. */
    public static KnownNames of(String... names) {
        return new KnownNames(List.of(names));
    }

    /**
     * Reads the rest of an object, whose first token was read last.
     *
     * @param object gets the fields
     * @param reading reads a field to its end, given its name and the first token of its value
     */
    public void read(JsonScanner document, ObjectNode object, BiFunction<String, Token, JsonNode> reading) {
        while (document.next() == Token.NAME) {
            String name = name(document);
            Token value = document.next();
            if (name == null) {
                document.skip(value);
            } else {
                object.set(name, reading.apply(name, value));
            }
        }
    }

    private @Nullable String name(JsonScanner document) {
        for (String name : names) {
            if (document.says(name)) {
                return name;
            }
        }
        for (String name : names) {
            if (document.length() == name.length() && document.name().equalsIgnoreCase(name)) {
                return document.name();
            }
        }
        return null;
    }
}
