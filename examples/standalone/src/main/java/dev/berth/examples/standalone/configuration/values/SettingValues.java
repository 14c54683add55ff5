package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Reads typed values of settings. A malformed value throws {@link CommandException}; a blank value counts as not set. This
 * is a view of the map: it sees later changes.
 */
public final class SettingValues {
    private final Map<String, String> byPath;

    /** Creates a view of a map whose keys are paths such as {@code http.addr}. */
    public SettingValues(Map<String, String> byPath) {
        this.byPath = byPath;
    }

    public Optional<String> text(String path) {
        return Optional.ofNullable(byPath.get(path)).filter(value -> !value.isBlank());
    }

    /** Reads a list: its elements, or those of one value that are separated by commas, as in a variable. */
    public List<String> list(String path) {
        Optional<String> text = text(path);
        if (text.isPresent()) {
            return Stream.of(text.get().split(",", -1))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .toList();
        }
        List<String> elements = new ArrayList<>();
        while (byPath.containsKey(path + "." + elements.size())) {
            String element = path + "." + elements.size();
            elements.add(text(element)
                    .orElseThrow(() -> new CommandException(
                            "The list " + path + " has an element without a value; give it" + " one, or remove it.")));
        }
        return elements;
    }

    /** Reads a setting that must be there if the section is. */
    public String required(String path) {
        return text(path)
                .orElseThrow(() -> new CommandException("The setting " + path + " (" + SettingPath.variable(path)
                        + ") is missing; set it, or remove its section."));
    }

    /** Reads a boolean in the syntax of YAML 1.1, which {@code registry:2} uses. */
    public Optional<Boolean> flag(String path) {
        return text(path).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y", "t", "1" -> true;
            case "false", "no", "off", "n", "f", "0" -> false;
            default -> throw new CommandException("'" + text + "' is neither true nor false, for " + path + ".");
        });
    }

    public boolean flag(String path, boolean otherwise) {
        return flag(path).orElse(otherwise);
    }

    public Duration duration(String path, Duration otherwise) {
        return text(path).map(text -> GoDuration.parse(path, text)).orElse(otherwise);
    }

    /** Reads a {@link #duration} that must not be zero. */
    public Duration positiveDuration(String path, Duration otherwise) {
        Duration duration = duration(path, otherwise);
        if (duration.toMillis() == 0) {
            throw new CommandException("The setting " + path + " must be longer than nothing; write one such as 168h.");
        }
        return duration;
    }

    public Optional<Integer> number(String path) {
        return text(path).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new CommandException("'" + text + "' is not a number, for " + path + ".");
            }
        });
    }

    /** Reads a {@link #number} that must be 1 or more; empty if it is not set. */
    public OptionalInt positiveNumber(String path) {
        Optional<Integer> number = number(path);
        if (number.isPresent() && number.get() < 1) {
            throw new CommandException("The setting " + path + " must be 1 or more, not " + number.get() + ".");
        }
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Reads a size in bytes; empty if it is not set. */
    public OptionalLong size(String path) {
        return text(path).stream().mapToLong(text -> ByteSize.parse(path, text)).findAny();
    }

    public Optional<Path> file(String path) {
        return text(path).map(text -> file(text, path));
    }

    /**
     * Parses the path of a file or directory.
     *
     * @param what the setting or option, for the message
     */
    public static Path file(String text, String what) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandException("'" + text.replace('\0', '?')
                    + "' cannot be the name of a file on this system, for " + what + ": " + e.getReason() + ".");
        }
    }

    /** Returns whether a section is present, even if it is empty. */
    public boolean hasSection(String path) {
        return byPath.keySet().stream().anyMatch(key -> key.equals(path) || key.startsWith(path + "."));
    }
}
