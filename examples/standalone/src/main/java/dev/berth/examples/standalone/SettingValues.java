package dev.berth.examples.standalone;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what was set. What is there and cannot be understood ends the program; what is blank counts as not set. A view:
 * it sees what is set later.
 */
final class SettingValues {
    private final Map<String, String> byPath;

    /** Reads from a map by path, as {@code http.addr}. */
    SettingValues(Map<String, String> byPath) {
        this.byPath = byPath;
    }

    Optional<String> text(String path) {
        return Optional.ofNullable(byPath.get(path)).filter(value -> !value.isBlank());
    }

    /** As YAML has it, in the version that {@code registry:2} reads. */
    Optional<Boolean> flag(String path) {
        return text(path).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y", "t", "1" -> true;
            case "false", "no", "off", "n", "f", "0" -> false;
            default -> throw new ConfigException("'" + text + "' is neither true nor false, for " + path + ".");
        });
    }

    boolean flag(String path, boolean otherwise) {
        return flag(path).orElse(otherwise);
    }

    Duration duration(String path, Duration otherwise) {
        return text(path).map(text -> GoDuration.parse(path, text)).orElse(otherwise);
    }

    /** As {@link #duration}, where none at all would make no sense. */
    Duration positiveDuration(String path, Duration otherwise) {
        Duration duration = duration(path, otherwise);
        if (duration.toMillis() == 0) {
            throw new ConfigException("The setting " + path + " must be longer than nothing; write one such as 168h.");
        }
        return duration;
    }

    Optional<Integer> number(String path) {
        return text(path).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new ConfigException("'" + text + "' is not a number, for " + path + ".");
            }
        });
    }

    Optional<Path> file(String path) {
        return text(path).map(text -> file(text, path));
    }

    /**
     * Reads the name of a file or directory.
     *
     * @param what what it is for, to go on "…, for"
     */
    static Path file(String text, String what) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + text.replace('\0', '?')
                    + "' cannot be the name of a file on this system, for " + what + ": " + e.getReason() + ".");
        }
    }

    /** Returns whether a part of the settings is there, even if it is empty. */
    boolean hasSection(String path) {
        return byPath.keySet().stream().anyMatch(key -> key.equals(path) || key.startsWith(path + "."));
    }
}
