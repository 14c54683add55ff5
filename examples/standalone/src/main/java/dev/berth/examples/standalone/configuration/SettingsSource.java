package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from. They can be read again, since a file may change.
 *
 * @param listen the value of {@code --listen}
 * @param storage the value of {@code --storage}
 * @param config the YAML file, the value of {@code --config}; without it, the one that {@code REGISTRY_CONFIGURATION_PATH}
 *     names
 * @param environment the environment variables
 */
public record SettingsSource(
        Optional<String> listen, Optional<String> storage, Optional<Path> config, Map<String, String> environment) {

    /** Looks for the file. */
    public SettingsSource {
        config = config.or(() -> Optional.ofNullable(environment.get(SettingsReader.CONFIGURATION_PATH))
                .filter(path -> !path.isBlank())
                .map(path -> SettingValues.file(path, SettingsReader.CONFIGURATION_PATH)));
    }

    /**
     * Reads the settings as they are now.
     *
     * @throws dev.berth.examples.standalone.cli.CommandException if a setting is malformed, or unsupported in a way that
     *     must not be ignored
     */
    public Settings read() {
        return SettingsReader.read(listen, storage, config, environment);
    }

    /** Returns nothing of the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "SettingsSource " + config;
    }
}
