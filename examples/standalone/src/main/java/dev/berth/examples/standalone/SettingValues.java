package dev.berth.examples.standalone;

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

    Optional<Boolean> flag(String path) {
        return text(path).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            default -> throw new ConfigException("'" + text + "' is neither true nor false, for " + path + ".");
        });
    }

    boolean flag(String path, boolean otherwise) {
        return flag(path).orElse(otherwise);
    }

    Duration duration(String path, Duration otherwise) {
        return text(path).map(text -> GoDuration.parse(path, text)).orElse(otherwise);
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

    /** Returns whether a part of the settings is there, even if it is empty. */
    boolean hasSection(String path) {
        return byPath.keySet().stream().anyMatch(key -> key.equals(path) || key.startsWith(path + "."));
    }
}
