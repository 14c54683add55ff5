package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.Terminal;
import dev.berth.registry.scan.report.Severity;
import java.util.Locale;

/**
 * How a report looks.
 *
 * @param columns how wide a line may be
 * @param colours whether the terminal shows colours
 */
record Look(int columns, boolean colours) {
    /** For a file or a pipe: summaries are long sentences at most. */
    static final Look PLAIN = new Look(250, false);

    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";

    /** Returns that of the terminal, if there is one. */
    static Look ofTerminal() {
        if (!Terminal.isInteractive()) {
            return PLAIN;
        }
        String noColour = System.getenv("NO_COLOR");
        return new Look(Terminal.width(), noColour == null || noColour.isEmpty());
    }

    /** Returns the word for a severity in a column of some width. */
    String word(Severity severity, int width) {
        String word = name(severity);
        String padding = " ".repeat(width - word.length());
        return colours ? colour(severity) + word + RESET + padding : word + padding;
    }

    /** Returns the word for a severity. */
    static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a text that stands out. */
    String bold(String text) {
        return colours ? BOLD + text + RESET : text;
    }

    private static String colour(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "\u001b[1;31m";
            case HIGH -> "\u001b[31m";
            case MEDIUM -> "\u001b[33m";
            case LOW -> "\u001b[36m";
            case NEGLIGIBLE, UNKNOWN -> "\u001b[2m";
        };
    }
}
