package dev.berth.registry.server.http1.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request line and its header fields, as they were sent.
 *
 * @param method a token
 * @param target path and query, or another form of address
 * @param major the version of HTTP, before the dot
 * @param minor the version of HTTP, after the dot
 * @param fields name, value, name, value, …
 */
public record RequestHead(String method, String target, int major, int minor, List<String> fields) {

    /** Returns whether the client speaks HTTP/1.1 or a later version of HTTP/1. */
    public boolean isHttp11() {
        return minor > 0;
    }

    /** Returns the version of HTTP: {@code HTTP/1.1}. */
    public String protocol() {
        return protocol(major, minor);
    }

    /** Returns a version of HTTP: {@code HTTP/1.1}. */
    public static String protocol(int major, int minor) {
        return major != 1 || minor > 1 ? "HTTP/" + major + "." + minor : minor == 1 ? "HTTP/1.1" : "HTTP/1.0";
    }

    public int count(String name) {
        int count = 0;
        for (int i = 0; i < fields.size(); i += 2) {
            count += fields.get(i).equalsIgnoreCase(name) ? 1 : 0;
        }
        return count;
    }

    /** Returns the first value of a field, or null if it is absent. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    /** Returns whether one of the elements of the field's values is this token. */
    public boolean hasElement(String name, String token) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name) && HttpGrammar.hasElement(fields.get(i + 1), token)) {
                return true;
            }
        }
        return false;
    }
}
