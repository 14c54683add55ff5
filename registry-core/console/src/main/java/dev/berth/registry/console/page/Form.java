package dev.berth.registry.console.page;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was filled into a form. Immutable. */
public final class Form {
    private static final Form EMPTY = new Form(Map.of());
    private static final int LONGEST = 256 * 1_024;
    private static final int MOST_FIELDS = 1_000;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Returns a form without fields. */
    public static Form empty() {
        return EMPTY;
    }

    /**
     * Reads the body of a request.
     *
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} if it is none of a form, or too long
     * @throws IOException if the client does not send it
     */
    public static Form read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw invalid("A form may have " + LONGEST + " bytes");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int number = 0;
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++number > MOST_FIELDS) {
                throw invalid("A form may have " + MOST_FIELDS + " fields");
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            // A browser sends the line ends of another age.
            fields.computeIfAbsent(name, none -> new ArrayList<>()).add(value.replace("\r\n", "\n"));
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "The form has a broken escape", e);
        }
    }

    private static RegistryException invalid(String message) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, message);
    }

    /** Returns what is in a field, without the blanks around it; empty if there is nothing in it. */
    public Optional<String> find(String field) {
        return Optional.ofNullable(fields.get(field))
                .map(values -> values.get(0).strip())
                .filter(value -> !value.isEmpty());
    }

    /** Returns what is in a field, without the blanks around it; empty text if there is nothing in it. */
    public String get(String field) {
        return find(field).orElse("");
    }

    /** Returns what is in a field, with its blanks, such as a password; empty text if there is nothing in it. */
    public String exactly(String field) {
        List<String> values = fields.get(field);
        return values == null ? "" : values.get(0);
    }

    /** Returns whether a box was ticked. */
    public boolean isTicked(String field) {
        return fields.containsKey(field);
    }

    /** Returns all values of a field, such as those of several boxes. */
    public List<String> all(String field) {
        return List.copyOf(fields.getOrDefault(field, List.of()));
    }
}
