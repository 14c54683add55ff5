package dev.berth.examples.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a YAML file as settings by their path: {@code http.addr}. */
final class ConfigFile {
    private ConfigFile() {}

    static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        try (InputStream yaml = Files.newInputStream(file)) {
            Object document =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromInputStream(yaml);
            if (!(document instanceof Map<?, ?> root)) {
                throw new ConfigException("The configuration file " + file
                        + " does not hold settings; write them as 'http:', 'storage:' and" + " so on.");
            }
            flatten("", root, settings);
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no configuration file " + file + ".");
        } catch (IOException e) {
            throw new ConfigException("The configuration file " + file + " cannot be read: " + e.getMessage() + ".");
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1))
                    .orElse("");
            throw new ConfigException(
                    "The configuration file " + file + " is not valid YAML" + where + ": " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new ConfigException("The configuration file " + file + " is not valid YAML: " + firstLine(e) + ".");
        }
        return settings;
    }

    private static void flatten(String path, Map<?, ?> node, Map<String, String> settings) {
        node.forEach((key, value) -> {
            String name = path + String.valueOf(key).toLowerCase(Locale.ROOT);
            if (value instanceof Map<?, ?> child && !child.isEmpty()) {
                flatten(name + ".", child, settings);
            } else if (value == null || value instanceof Map) {
                settings.put(name, "");
            } else {
                settings.put(name, String.valueOf(value));
            }
        });
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
