package dev.berth.examples.standalone.images;

import java.io.Console;

/** Detects whether the program runs in a terminal. */
final class Terminal {
    private Terminal() {}

    /** Returns whether input and output are a terminal that can overwrite lines. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal() decides from Java 22 on
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
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
