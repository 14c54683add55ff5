package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Typed values of one element of a list, such as an endpoint. What has no value counts as not set. */
final class NodeFields {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final YamlNode node;
    private final Map<String, YamlNode> fields;

    private NodeFields(YamlNode node, Map<String, YamlNode> fields) {
        this.node = node;
        this.fields = fields;
    }

    /** Returns the fields of a section that may have these keys only. */
    static NodeFields of(YamlNode node, Set<String> known) {
        Map<String, YamlNode> set = new LinkedHashMap<>();
        node.fields(known).forEach((key, field) -> {
            if (field.value() != null && !"".equals(field.value())) {
                set.put(key, field);
            }
        });
        return new NodeFields(node, set);
    }

    Optional<YamlNode> find(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    Optional<String> text(String key) {
        return find(key).map(YamlNode::text);
    }

    String required(String key) {
        return text(key)
                .orElseThrow(
                        () -> new CommandException("The setting " + node.path() + " lacks '" + key + "'; add it."));
    }

    /** Returns a time that is longer than nothing. Nothing stands for the default, as in {@code registry:2}. */
    Duration duration(String key, Duration otherwise) {
        return find(key)
                .map(field -> GoDuration.parse(field.path(), field.text()))
                .filter(duration -> duration.toMillis() > 0)
                .orElse(otherwise);
    }

    OptionalInt number(String key, int least, int most) {
        Optional<YamlNode> field = find(key);
        if (field.isEmpty()) {
            return OptionalInt.empty();
        }
        String text = field.get().text();
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
            if (number == 0) {
                return OptionalInt.empty();
            }
        }
        throw new CommandException(
                "'" + text + "' is not a number for " + field.get().path() + "; write one from " + least
                        + (most == Integer.MAX_VALUE ? "" : " to " + most) + ".");
    }

    boolean flag(String key) {
        Optional<YamlNode> field = find(key);
        if (field.isEmpty()) {
            return false;
        }
        String text = field.get().text().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default ->
                throw new CommandException("'" + text + "' is neither true nor false, for "
                        + field.get().path() + ".");
        };
    }

    /** Returns the texts of a list; a single value is a list of one. */
    List<String> list(String key) {
        return find(key)
                .map(field -> field.elements().stream().map(YamlNode::text).toList())
                .orElse(List.of());
    }

    /** Returns header fields: a map from names to one value or several. */
    Map<String, List<String>> headers(String key) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        find(key)
                .ifPresent(field -> field.entries()
                        .forEach((name, value) -> headers.put(
                                name,
                                value.elements().stream().map(YamlNode::text).toList())));
        return headers;
    }
}
