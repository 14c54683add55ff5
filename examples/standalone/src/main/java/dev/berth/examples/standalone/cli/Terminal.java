package dev.berth.examples.standalone.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Detects whether the program runs in a terminal, and how wide that is. */
public final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final int TIMEOUT_MILLIS = 500;

    private Terminal() {}

    /** Returns whether input and output are a terminal that can overwrite lines. */
    public static boolean isInteractive() {
        return console().isPresent() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Returns the console, if input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal() decides from Java 22 on
    public static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    }

    /** Returns the width in characters: as the environment says it, or the terminal; 80 if neither does. */
    public static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        try {
            return askTerminal();
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            // Not lost: what comes next ends because of it.
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }

    private static int askTerminal() throws IOException, InterruptedException {
        Path terminal = Path.of("/dev/tty");
        if (!Files.exists(terminal)) {
            return USUAL_WIDTH;
        }
        Process stty = new ProcessBuilder("stty", "size")
                .redirectInput(terminal.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!stty.waitFor(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                return USUAL_WIDTH;
            }
            String size = new String(stty.getInputStream().readNBytes(100), StandardCharsets.US_ASCII).strip();
            return size.matches("\\d+ [1-9]\\d{0,3}")
                    ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                    : USUAL_WIDTH;
        } finally {
            stty.destroyForcibly();
        }
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            // Before Java 22, a console exists only on a terminal.
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
