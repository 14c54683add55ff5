package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import java.util.function.Supplier;

/** Gives what the library refuses the path of the setting. */
public final class Checked {
    private Checked() {}

    /**
     * Returns what a supplier makes of a setting.
     *
     * @throws CommandException if it throws {@link IllegalArgumentException}, with the path and its message
     */
    public static <T> T value(String path, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + path + " is wrong: " + e.getMessage() + ".");
        }
    }
}
