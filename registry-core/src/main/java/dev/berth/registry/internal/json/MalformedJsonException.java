package dev.berth.registry.internal.json;

/**
 * A document is not JSON, or one of its fields is missing or malformed. The message names the field and may be sent to the
 * sender of the document.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    MalformedJsonException(String field, String problem) {
        super(field.isEmpty() ? problem : field + " " + problem);
        this.field = field;
    }

    MalformedJsonException(String problem, Throwable cause) {
        super(problem, cause);
        this.field = "";
    }

    /** Returns the path of the field, such as {@code layers[2].digest}, or the empty string for the whole document. */
    public String field() {
        return field;
    }
}
