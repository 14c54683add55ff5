package dev.berth.registry.scan.format;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Lines;
import dev.berth.registry.scan.found.Distribution;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The file os-release (its page os-release(5)): assignments as in a shell. */
public final class OsRelease {
    private static final Set<String> NAMES = Set.of("ID", "VERSION_ID", "PRETTY_NAME");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int MOST_LINES = 1000;
    private static final int LONGEST = 200;

    private OsRelease() {}

    /** Returns the distribution; empty if the file does not say. */
    public static Optional<Distribution> read(FileContent file) throws IOException {
        Lines lines = new Lines(file.stream());
        Map<String, String> values = new HashMap<>();
        int count = 0;
        for (String line = lines.next(); line != null && count < MOST_LINES; line = lines.next(), count++) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (NAMES.contains(name)) {
                values.put(name, unquoted(line.substring(equals + 1).strip()));
            }
        }
        String id = values.getOrDefault("ID", "");
        return !ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of(new Distribution(
                        id, values.getOrDefault("VERSION_ID", ""), values.getOrDefault("PRETTY_NAME", id)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        StringBuilder plain = new StringBuilder();
        String text = quoted ? value.substring(1, value.length() - 1) : value;
        for (int i = 0; i < text.length() && plain.length() < LONGEST; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
            }
            if (!Character.isISOControl(c) && !Character.isSurrogate(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
