package dev.berth.examples.standalone.configuration.values;

import dev.berth.examples.standalone.cli.CommandException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Typed values of one element of a list, such as an endpoint. What has no value counts as not set. */
public final class NodeFields {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final YamlNode node;
    private final Map<String, YamlNode> fields;

    private NodeFields(YamlNode node, Map<String, YamlNode> fields) {
        this.node = node;
        this.fields = fields;
    }

    /** Returns the fields of a section that may have these keys only. */
    public static NodeFields of(YamlNode node, Set<String> known) {
        Map<String, YamlNode> set = new LinkedHashMap<>();
        node.fields(known).forEach((key, field) -> {
            if (field.value() != null && !"".equals(field.value())) {
                set.put(key, field);
            }
        });
        return new NodeFields(node, set);
    }

    /** Returns a value, unless it is not set. */
    public Optional<YamlNode> find(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    public Optional<String> text(String key) {
        return find(key).map(YamlNode::text);
    }

    public String required(String key) {
        return text(key)
                .orElseThrow(
                        () -> new CommandException("The setting " + node.path() + " lacks '" + key + "'; add it."));
    }

    /** Returns a time that is longer than nothing. Nothing stands for the default, as in {@code registry:2}. */
    public Duration duration(String key, Duration otherwise) {
        return find(key)
                .map(field -> GoDuration.parse(field.path(), field.text()))
                .filter(duration -> duration.toMillis() > 0)
                .orElse(otherwise);
    }

    public OptionalInt number(String key, int least, int most) {
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

    public boolean flag(String key) {
        return flag(key, false);
    }

    public boolean flag(String key, boolean otherwise) {
        Optional<YamlNode> field = find(key);
        if (field.isEmpty()) {
            return otherwise;
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

    /** Returns a time that may be nothing; empty if it is not set. */
    public Optional<Duration> time(String key) {
        return find(key).map(field -> GoDuration.parse(field.path(), field.text()));
    }

    /** Returns what a file holds that the value names with {@code file}, or the text that stands there. */
    public Optional<Secret> secret(String key) {
        return find(key).map(SecretText::of);
    }

    /** Returns what the library makes of each text of a list. What it refuses gets the path of the text. */
    public <T> List<T> values(String key, Function<String, T> parse) {
        return find(key)
                .map(field -> field.elements().stream()
                        .map(element -> Checked.value(element.path(), () -> parse.apply(element.text())))
                        .toList())
                .orElse(List.of());
    }

    /** Returns where a value stands. */
    public String path(String key) {
        return find(key).map(YamlNode::path).orElseGet(() -> node.path() + "." + key);
    }

    /** Returns the texts of a list; a single value is a list of one. */
    public List<String> list(String key) {
        return find(key)
                .map(field -> field.elements().stream().map(YamlNode::text).toList())
                .orElse(List.of());
    }

    /** Returns header fields: a map from names to one value or several. */
    public Map<String, List<String>> headers(String key) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        find(key)
                .ifPresent(field -> field.entries()
                        .forEach((name, value) -> headers.put(
                                name,
                                value.elements().stream().map(YamlNode::text).toList())));
        return headers;
    }
}
