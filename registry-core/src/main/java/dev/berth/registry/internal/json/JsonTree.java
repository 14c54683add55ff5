package dev.berth.registry.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonScanner.Token;

/** Builds trees from the tokens of a document. */
final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /** Reads the rest of the value whose first token was read last. */
    static JsonNode read(JsonScanner document, Token first) {
        JsonNode node = withoutContent(document, first);
        if (node instanceof ObjectNode object) {
            while (document.next() == Token.NAME) {
                String name = document.text();
                object.set(name, read(document, document.next()));
            }
        } else if (node instanceof ArrayNode array) {
            for (Token element = document.next(); element != Token.END_ARRAY; element = document.next()) {
                array.add(read(document, element));
            }
        }
        return node;
    }

    /** Returns the value whose first token was read last: an object or array without its content, which is still unread. */
    static JsonNode withoutContent(JsonScanner document, Token first) {
        return switch (first) {
            case OBJECT -> NODES.objectNode();
            case ARRAY -> NODES.arrayNode();
            case STRING -> NODES.textNode(document.text());
            case NUMBER -> JsonNumber.node(document.text());
            case TRUE -> NODES.booleanNode(true);
            case FALSE -> NODES.booleanNode(false);
            case NULL -> NODES.nullNode();
            case NAME, END, END_OBJECT, END_ARRAY -> throw new IllegalStateException("No value begins with " + first);
        };
    }
}
