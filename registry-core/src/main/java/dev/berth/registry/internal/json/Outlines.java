package dev.berth.registry.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.internal.json.JsonScanner.Token;
import java.util.Optional;

/**
 * Reads what a descriptor says of its content, and checks the rest without keeping it: annotations, the platform, all
 * URLs but one. So a document of descriptors needs a small multiple of its size, whatever it consists of.
 */
public final class Outlines {
    private static final KnownNames DESCRIPTOR = new KnownNames(DescriptorJson.NAMES);
    private static final KnownNames PLATFORM =
            KnownNames.of("os", "architecture", "variant", "os.version", "os.features");

    private Outlines() {}

    /**
     * Reads a descriptor whose first token was read last.
     *
     * @param path its path in the document
     * @throws MalformedJsonException as {@link DescriptorJson#read}
     */
    public static Descriptor descriptor(JsonScanner document, Token first, String path) {
        return descriptor(JsonObject.at(path, descriptorTree(document, first)));
    }

    /**
     * Returns the descriptor in a tree.
     *
     * @param tree as {@link #descriptorTree} returns it
     * @throws MalformedJsonException as {@link DescriptorJson#read}
     */
    public static Descriptor descriptor(JsonObject tree) {
        Descriptor whole = DescriptorJson.read(tree);
        return new Descriptor(
                whole.mediaType(),
                whole.digest(),
                whole.size(),
                whole.artifactType(),
                whole.annotations(),
                whole.urls(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the fields of a descriptor whose first token was read last, without what is not kept of them. */
    public static JsonNode descriptorTree(JsonScanner document, Token first) {
        JsonNode node = JsonTree.withoutContent(document, first);
        if (node instanceof ObjectNode fields) {
            DESCRIPTOR.read(document, fields, (name, value) -> field(document, value, name));
        } else {
            document.skip(first);
        }
        return node;
    }

    private static JsonNode field(JsonScanner document, Token first, String name) {
        if (name.equals("platform") && first == Token.OBJECT) {
            ObjectNode platform = JsonNodeFactory.instance.objectNode();
            PLATFORM.read(document, platform, (same, value) -> strings(document, value, 0));
            return platform;
        }
        return name.equals("urls") ? strings(document, first, 1) : strings(document, first);
    }

    /**
     * Reads a value to its end. Returns an object without its content, except that an object of strings keeps a field that
     * is none, so that it is found to be wrong.
     */
    public static JsonNode strings(JsonScanner document, Token first) {
        JsonNode node = JsonTree.withoutContent(document, first);
        if (!(node instanceof ObjectNode strings)) {
            document.skip(first);
            return node;
        }
        while (document.next() == Token.NAME) {
            Token value = document.next();
            if (value != Token.STRING && strings.isEmpty()) {
                strings.set(document.name(), JsonTree.withoutContent(document, value));
            }
            document.skip(value);
        }
        return strings;
    }

    /** Reads a value to its end. Returns an array with so many strings, and one that is none if there is one. */
    private static JsonNode strings(JsonScanner document, Token first, int most) {
        JsonNode node = JsonTree.withoutContent(document, first);
        if (!(node instanceof ArrayNode strings)) {
            document.skip(first);
            return node;
        }
        boolean wrong = false;
        for (Token element = document.next(); element != Token.END_ARRAY; element = document.next()) {
            if (strings.size() < most || element != Token.STRING && !wrong) {
                strings.add(JsonTree.withoutContent(document, element));
                wrong |= element != Token.STRING;
            }
            document.skip(element);
        }
        return strings;
    }
}
