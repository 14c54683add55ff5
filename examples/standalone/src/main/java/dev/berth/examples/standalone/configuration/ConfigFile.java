package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.values.SettingPath;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Flattens a YAML file to settings by path, such as {@code http.addr}; list elements have their index:
 * {@code http.headers.x-a.0}. Sections whose keys are names are there as they stand, too.
 */
final class ConfigFile {
    /** Deeper than any setting. The limit is for cyclic YAML: an anchor may contain its own alias. */
    private static final int MAX_DEPTH = 20;

    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * More than aliases repeat for a good reason. Without them a file has fewer settings than bytes; aliases of aliases
     * make any number of a small file.
     */
    private static final int MAX_REPEATED_SETTINGS = 10_000;

    private final Path file;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, YamlNode> sections = new LinkedHashMap<>();
    private int maxSettings = MAX_REPEATED_SETTINGS;

    private ConfigFile(Path file) {
        this.file = file;
    }

    static ConfigFile read(Path file) {
        ConfigFile config = new ConfigFile(file);
        config.read();
        return config;
    }

    /** Returns a file without settings. */
    static ConfigFile none() {
        return new ConfigFile(Path.of(""));
    }

    /** Returns the settings by their paths in lower case. */
    Map<String, String> settings() {
        return settings;
    }

    /** Returns a section with its keys as they are written; an empty one if it is not there. */
    YamlNode section(String name) {
        return sections.getOrDefault(name, new YamlNode(name, null));
    }

    /**
     * Reads a list or section from a variable, whose value is YAML.
     *
     * @param path the setting, for messages
     */
    static YamlNode variable(String path, String yaml) {
        String name = SettingPath.variable(path);
        try {
            return new YamlNode(path, new Load(LoadSettings.builder().build()).loadFromString(yaml));
        } catch (MarkedYamlEngineException e) {
            throw new CommandException("The variable " + name + " is not valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new CommandException("The variable " + name + " is not valid YAML: " + firstLine(e) + ".");
        } catch (StackOverflowError e) {
            throw new CommandException("The variable " + name + " has lists within lists without an end.");
        }
    }

    private void read() {
        try {
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromInputStream(new ByteArrayInputStream(content()));
            if (!(document instanceof Map<?, ?> root)) {
                throw new CommandException("The configuration file " + file
                        + " does not hold settings; write them as 'http:', 'storage:' and" + " so on.");
            }
            addAll("", root, 1);
            root.forEach((key, value) -> {
                String name = String.valueOf(key).toLowerCase(Locale.ROOT);
                if (sections.put(name, new YamlNode(name, value)) != null) {
                    throw new CommandException(
                            "The configuration file " + file + " has the section '" + name + "' twice; remove one.");
                }
            });
        } catch (NoSuchFileException e) {
            throw new CommandException("There is no configuration file " + file + ".");
        } catch (IOException e) {
            throw new CommandException(
                    "The configuration file " + file + " cannot be read: " + FailureReason.of(e) + ".");
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            throw new CommandException(
                    "The configuration file " + file + " is not valid YAML" + where + ": " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new CommandException("The configuration file " + file + " is not valid YAML: " + firstLine(e) + ".");
        } catch (StackOverflowError e) {
            // The parser is recursive.
            throw tooDeep();
        }
    }

    private byte[] content() throws IOException {
        try (InputStream yaml = Files.newInputStream(file)) {
            byte[] content = yaml.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new CommandException("The configuration file " + file + " is too large to be one.");
            }
            maxSettings = Math.max(content.length, MAX_REPEATED_SETTINGS);
            return content;
        }
    }

    private void add(String path, @Nullable Object value, int depth) {
        if (settings.size() >= maxSettings) {
            throw new CommandException("The configuration file " + file + " repeats sections by aliases to more than "
                    + maxSettings + " settings.");
        }
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            addAll(path + ".", map, depth + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            Map<Integer, Object> byIndex = new LinkedHashMap<>();
            list.forEach(element -> byIndex.put(byIndex.size(), element));
            addAll(path + ".", byIndex, depth + 1);
        } else if (value == null || value instanceof Map || value instanceof List) {
            settings.put(path, "");
        } else {
            settings.put(path, String.valueOf(value));
        }
    }

    private void addAll(String prefix, Map<?, ?> map, int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        }
        map.forEach((key, value) -> add(prefix + String.valueOf(key).toLowerCase(Locale.ROOT), value, depth));
    }

    private CommandException tooDeep() {
        return new CommandException("The configuration file " + file + " has sections within sections without an end.");
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
