package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a YAML file whose keys are names, and not settings. What is not of the expected form throws
 * {@link CommandException} with the path.
 *
 * @param path where it stands: {@code access.grants[0].role}
 * @param value what SnakeYAML read
 */
public record YamlNode(String path, @Nullable Object value) {

    /** Returns the values of a section by their keys, in their order. */
    public Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (value == null) {
            return entries;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new CommandException("The setting " + path + " is a section: write it with keys, such as 'NAME: …'.");
        }
        map.forEach((key, content) -> entries.put(String.valueOf(key), new YamlNode(path + "." + key, content)));
        return entries;
    }

    /** Returns the values of a section that has these keys only, by their keys in lower case. */
    public Map<String, YamlNode> fields(Set<String> known) {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        entries().forEach((key, node) -> {
            String name = key.toLowerCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw new CommandException("The setting " + node.path + " is unknown" + meant(name, known));
            }
            if (fields.put(name, node) != null) {
                throw new CommandException("The setting " + node.path + " is there twice; remove one.");
            }
        });
        return fields;
    }

    /** Returns a part of the section, however its key is written; one without a value if it is not there. */
    public YamlNode child(String name) {
        List<YamlNode> found = entries().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() > 1) {
            throw new CommandException("The setting " + path + "." + name + " is there twice; remove one.");
        }
        return found.isEmpty() ? new YamlNode(path + "." + name, null) : found.get(0);
    }

    /** Returns the end of a sentence that says that a word is unknown: what may have been meant, or what there is. */
    public static String meant(String word, Set<String> known) {
        return Nearest.to(word, known)
                .map(near -> "; is '" + near + "' meant? Correct it, or remove it.")
                .orElseGet(() -> "; there are "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    /** Returns the elements of a list. A single value is a list of one, and nothing is an empty list. */
    public List<YamlNode> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            return List.of(this);
        }
        List<YamlNode> elements = new ArrayList<>();
        list.forEach(element -> elements.add(new YamlNode(path + "[" + elements.size() + "]", element)));
        return elements;
    }

    /** Returns the text of a single value. */
    public String text() {
        if (value instanceof Map || value instanceof List) {
            throw new CommandException("The setting " + path + " takes one value, and not a list or a section.");
        }
        String text = value == null ? "" : String.valueOf(value).strip();
        if (text.isEmpty()) {
            throw new CommandException("The setting " + path + " has no value; give it one, or remove it.");
        }
        return text;
    }
}
