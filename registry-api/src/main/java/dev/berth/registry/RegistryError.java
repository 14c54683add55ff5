package dev.berth.registry;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * One error of a {@link RegistryException}: an entry of the specification's {@code errors}.
 *
 * @param code what went wrong
 * @param message a sentence for a person, without secrets
 * @param detail facts for a program, such as {@code digest} or {@code tag}; values of other registries that are not
 *     text come in their JSON form
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

    /** Returns this error with a note at the end of its message, once. */
    RegistryError withNote(String note) {
        return message.endsWith(note) ? this : new RegistryError(code, message + note, detail);
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
