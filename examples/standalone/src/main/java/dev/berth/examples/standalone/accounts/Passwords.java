package dev.berth.examples.standalone.accounts;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks for passwords: at the terminal without showing them, or on standard input, one a line. Not thread-safe. */
final class Passwords {
    private static final int LONGEST = 8192;

    private final boolean fromInput;
    private final InputStream input;

    Passwords(boolean fromInput, InputStream input) {
        this.fromInput = fromInput;
        this.input = input;
    }

    /** Returns a password that exists already. */
    String known(String whose) throws IOException {
        return fromInput ? line(whose) : ask(whose);
    }

    /** Returns a new password. At the terminal, it is typed twice. */
    String fresh(String whose) throws IOException {
        if (fromInput) {
            return line(whose);
        }
        String password = ask(whose);
        if (!password.equals(ask(whose + ", again"))) {
            throw new CommandException("The two passwords differ; nothing was changed.");
        }
        return password;
    }

    private static String ask(String whose) {
        Console console = Terminal.console()
                .orElseThrow(() -> new CommandException("There is no terminal to ask for the " + whose
                        + "; give it on standard input, with --password-stdin."));
        char[] typed = console.readPassword("%s: ", Character.toUpperCase(whose.charAt(0)) + whose.substring(1));
        if (typed == null || typed.length == 0) {
            throw new CommandException("No " + whose + " was given; nothing was changed.");
        }
        String password = new String(typed);
        Arrays.fill(typed, '\0');
        return password;
    }

    /** Reads no more than the line: the rest is for the next one. */
    private String line(String whose) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = input.read();
        while (next >= 0 && next != '\n') {
            if (line.size() == LONGEST) {
                throw new CommandException("The line on standard input for the " + whose + " is too long.");
            }
            line.write(next);
            next = input.read();
        }
        String password = line.toString(StandardCharsets.UTF_8);
        password = password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
        if (password.isEmpty()) {
            throw new CommandException("Standard input has no line for the " + whose + ".");
        }
        return password;
    }
}
