package dev.berth.examples.standalone;

import java.io.Console;

/** Finds out whether somebody is watching. */
final class Terminal {
    private Terminal() {}

    /** Returns whether input and output are a terminal on which lines can be written over. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is asked what it is, below
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            // Before Java 22 there is a console only on a terminal.
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
