package dev.berth.examples.standalone.configuration.values;

import java.util.Locale;

/** Where a setting stands: its path in the YAML file, and the environment variable that follows from it. */
public final class SettingPath {
    /** The prefix of environment variables. */
    public static final String PREFIX = "REGISTRY_";

    private SettingPath() {}

    /** Returns the environment variable of a setting. */
    public static String variable(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Returns whether a setting is in a section or is the section. */
    public static boolean within(String path, String section) {
        return path.equals(section) || path.startsWith(section + ".");
    }
}
