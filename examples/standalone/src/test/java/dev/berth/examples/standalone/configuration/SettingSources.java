package dev.berth.examples.standalone.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads settings from one source, for tests. */
final class SettingSources {
    private SettingSources() {}

    static Settings fromEnvironment(Map<String, String> environment) {
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    }

    /** Reads a file with this content, which is made in a directory. */
    static Settings fromFile(Path directory, String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), environment);
    }
}
