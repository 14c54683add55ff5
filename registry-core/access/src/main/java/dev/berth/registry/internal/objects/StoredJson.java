package dev.berth.registry.internal.objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.storage.ObjectKey;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** The bytes of an object of the store: JSON with a version of its format. */
public final class StoredJson {
    /** The prefix of the keys of all objects, in the store that they share with others. */
    public static final String ROOT = "_berth/access/";

    /** The greatest number of bytes of an object. */
    public static final int LARGEST = 4 << 20;

    private static final String FORMAT = "format";
    private static final long KNOWN = 1;

    private StoredJson() {}

    /**
     * Reads an object.
     *
     * @throws RegistryException with {@code UNAVAILABLE} if it is malformed, or in a newer format; the message names it
     */
    public static <T> T read(ObjectKey key, byte[] bytes, Format<T> format) {
        JsonObject json;
        try {
            json = JsonObject.root(StrictJson.parse(bytes));
        } catch (MalformedJsonException e) {
            // The reason may show a part of the content.
            throw malformed(key, "it is no JSON object", null);
        }
        try {
            long version = json.requireInteger(FORMAT);
            if (version > KNOWN) {
                throw RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        "The object '" + ROOT + key + "' of the storage was written by a newer version of this"
                                + " program, in the format " + version + "; use that version, or a newer one");
            }
            return format.read(json);
        } catch (MalformedJsonException | IllegalArgumentException | DateTimeException e) {
            throw malformed(key, String.valueOf(e.getMessage()), e);
        }
    }

    private static RegistryException malformed(ObjectKey key, String problem, @Nullable Exception cause) {
        String message = "The object '" + ROOT + key + "' of the storage is malformed: " + problem;
        return cause == null
                ? RegistryException.of(ErrorCode.UNAVAILABLE, message)
                : RegistryException.of(ErrorCode.UNAVAILABLE, message, cause);
    }

    /**
     * Writes an object.
     *
     * @throws RegistryException with {@code REQUEST_INVALID} if it would be too large
     */
    public static <T> byte[] write(ObjectKey key, T value, Format<T> format) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(FORMAT, KNOWN);
        format.write(value, json);
        byte[] bytes = StrictJson.write(json);
        if (bytes.length > LARGEST) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID,
                    "The object '" + ROOT + key + "' would have " + bytes.length + " bytes; it may have " + LARGEST
                            + ": remove something that is not needed");
        }
        try {
            // What can be written must be readable, whatever the other limits of reading are.
            StrictJson.parse(bytes);
        } catch (MalformedJsonException e) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The object '" + ROOT + key + "' would be too large: " + e.getMessage());
        }
        return bytes;
    }
}
