package dev.berth.registry;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * An error of a {@link RegistryException}: an entry of {@code errors} in the specification.
 *
 * @param code the code of the error
 * @param message a sentence for people, without secrets
 * @param detail details for programs, such as {@code digest} or {@code tag}; values from other registries that are not
 *     strings are JSON text
 * @since 0.1
 */
public record RegistryError(ErrorCode code, String message, Map<String, String> detail) implements Serializable {

    /** Copies the map. */
    public RegistryError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        detail = Map.copyOf(detail);
    }

    /** Returns an error without detail. */
    public static RegistryError of(ErrorCode code, String message) {
        return new RegistryError(code, message, Map.of());
    }

    /** Returns this error with a note at the end of its message, unless it is there. */
    RegistryError withNote(String note) {
        return message.endsWith(note) ? this : new RegistryError(code, message + note, detail);
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
