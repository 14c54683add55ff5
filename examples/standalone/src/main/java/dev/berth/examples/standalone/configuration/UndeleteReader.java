package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.engine.StorageOptions;
import java.time.Duration;
import java.util.Set;

/** Reads for how long deleted manifests and tags can be restored. */
final class UndeleteReader {
    private static final String WINDOW = CollectionReader.SECTION + ".undelete";

    /** The supported settings. */
    static final Set<String> VALUES = Set.of(WINDOW);

    private static final Duration DEFAULT = Duration.ofDays(7);

    private final SettingValues values;

    UndeleteReader(SettingValues values) {
        this.values = values;
    }

    Duration read() {
        Duration window = values.duration(WINDOW, DEFAULT);
        try {
            StorageOptions.builder().undelete(window);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + WINDOW + " cannot be " + values.required(WINDOW) + ": "
                    + e.getMessage() + "; write one such as 168h, or 0 for deletions that are final.");
        }
        return window;
    }
}
