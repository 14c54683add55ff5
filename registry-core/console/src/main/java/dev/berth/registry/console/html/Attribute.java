package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of an element. Immutable.
 *
 * <p>Made by the methods of {@link Attributes}, which give a name only to values that belong to it.
 */
public final class Attribute implements Content {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    static final Attribute NONE = new Attribute("none", null);

    private final String name;
    private final @Nullable String value;

    private Attribute(String name, @Nullable String value) {
        this.name = name;
        this.value = value;
    }

    static Attribute of(String name, String value) {
        if (!NAME.matcher(name).matches() || name.regionMatches(true, 0, "on", 0, 2)) {
            throw new IllegalArgumentException("No attribute may be called '" + name + "'");
        }
        return new Attribute(name, Objects.requireNonNull(value, "value"));
    }

    void writeTo(Appendable out) throws IOException {
        if (value != null) {
            out.append(' ').append(name).append("=\"");
            Escape.text(value, out);
            out.append('"');
        }
    }
}
