package dev.berth.registry.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A JSON object and its path in the document, so that an error can name the field. A field that is {@code null} counts as
 * absent: programs in Go write empty lists and maps in this way.
 *
 * <p>Every method that returns a value throws {@link MalformedJsonException} if the value has another type. Not
 * thread-safe while the object is written to.
 */
public final class JsonObject {
    private static final int LONGEST_SHOWN = 120;

    private final ObjectNode node;
    private final String path;

    private JsonObject(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Returns the object of a whole document. */
    public static JsonObject root(JsonNode document) {
        return at("", document);
    }

    /** Returns the object at a path of a document. */
    public static JsonObject at(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new JsonObject(object, path);
        }
        throw new MalformedJsonException(path, "must be an object, not " + kindOf(node));
    }

    /** Returns the exception for a document that begins with another token than that of an object. */
    public static MalformedJsonException notAnObject(JsonScanner document, JsonScanner.Token first) {
        return new MalformedJsonException(
                "", "must be an object, not " + kindOf(JsonTree.withoutContent(document, first)));
    }

    /** Returns the tree behind this view. */
    public ObjectNode node() {
        return node;
    }

    /** Returns whether the field is present and not {@code null}. */
    public boolean has(String name) {
        return value(name).isPresent();
    }

    /** Returns a string, or empty if it is absent. */
    public Optional<String> string(String name) {
        return value(name).map(value -> text(path(name), value));
    }

    /** Returns a string that must be present and not be empty. */
    public String requireString(String name) {
        String text = string(name).orElseThrow(() -> missing(name));
        if (text.isEmpty()) {
            throw malformed(name, "must not be empty");
        }
        return text;
    }

    /** Returns an integer, or empty if it is absent. */
    public OptionalLong integer(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode number = value.get();
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw malformed(name, "must be a whole number of at most 64 bits, not " + kindOf(number));
        }
        return OptionalLong.of(number.longValue());
    }

    /** Returns a whole number that must be present. */
    public long requireInteger(String name) {
        return integer(name).orElseThrow(() -> missing(name));
    }

    /**
     * Returns a number, or a text that is one, as the nearest one of double precision, which may be infinite; empty if the
     * field is absent or neither. For answers of other servers, which write a number in any way.
     */
    public OptionalDouble approximate(String name) {
        Optional<String> text = value(name)
                .flatMap(value ->
                        value.isTextual() || value.isNumber() ? Optional.of(value.asText()) : JsonNumber.unread(value));
        try {
            return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Returns a boolean, or false if there is none. */
    public boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw malformed(name, "must be true or false, not " + kindOf(value));
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** Returns an object, or empty if it is absent. */
    public Optional<JsonObject> object(String name) {
        return value(name).map(value -> at(path(name), value));
    }

    /** Returns an object that must be present. */
    public JsonObject requireObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    /** Returns a list of objects, or an empty list if there is none. */
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(at(path(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** Fails unless the field is an array or absent. */
    public void requireArray(String name) {
        array(name);
    }

    /** Returns a list of strings, or an empty list if there is none. */
    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array(name)) {
            strings.add(text(path(name) + "[" + strings.size() + "]", element));
        }
        return strings;
    }

    /** Returns an object whose values are strings, in the order of the document, or an empty map if there is none. */
    public Map<String, String> stringMap(String name) {
        Map<String, String> strings = new LinkedHashMap<>();
        object(name).ifPresent(object -> {
            for (Map.Entry<String, JsonNode> field : object.node.properties()) {
                strings.put(
                        field.getKey(), text(path(name) + "['" + printable(field.getKey()) + "']", field.getValue()));
            }
        });
        return strings;
    }

    /** Returns the names in an object that represents a set, or an empty list if there is none. */
    public List<String> names(String name) {
        List<String> names = new ArrayList<>();
        object(name).ifPresent(object -> object.node.fieldNames().forEachRemaining(names::add));
        return names;
    }

    /**
     * Refuses names that differ from the given ones only in case. Most clients are written in Go, whose JSON reader treats
     * {@code Layers} as {@code layers}: they would see another document than this reader.
     */
    public void requireExactNames(Collection<String> names) {
        for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            for (String name : names) {
                if (name.equalsIgnoreCase(field) && !name.equals(field)) {
                    throw malformed(printable(field), "must be spelled " + name);
                }
            }
        }
    }

    /** Returns the exception for a problem with a field. */
    public MalformedJsonException malformed(String name, String problem) {
        return new MalformedJsonException(path(name), problem);
    }

    /** Returns the path of a field of this object in the document. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    private Iterable<JsonNode> array(String name) {
        Optional<JsonNode> value = value(name);
        if (value.isPresent() && !value.get().isArray()) {
            throw malformed(name, "must be an array, not " + kindOf(value.get()));
        }
        return value.<Iterable<JsonNode>>map(array -> array).orElse(List.of());
    }

    private MalformedJsonException missing(String name) {
        return malformed(name, "is missing");
    }

    private static String text(String path, JsonNode node) {
        if (!node.isTextual()) {
            throw new MalformedJsonException(path, "must be a string, not " + kindOf(node));
        }
        return node.textValue();
    }

    private static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "the number " + printable(node.asText());
            default ->
                JsonNumber.unread(node)
                        .map(text -> "the number " + printable(text))
                        .orElse("something else");
        };
    }

    /** Returns untrusted text in a form that may be part of a message: short, without control characters. */
    public static String printable(String text) {
        return printable(text, LONGEST_SHOWN);
    }

    /** As {@link #printable(String)}, with at most this many characters. */
    public static String printable(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
        StringBuilder printable = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : '\uFFFD'));
        return printable.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
