package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.rules.RuleCondition;
import dev.berth.registry.rules.TagOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a condition of a rule: {@code always}, {@code never}, or a section, of which everything must hold. Such as
 * {@code {pushed: 30d, not: {newest: 10}}}.
 */
final class ConditionReader {
    /** Deeper than anyone writes. A file may contain itself, by an anchor. */
    private static final int MOST_LEVELS = 20;

    private static final Set<String> KEYS = Set.of("pushed", "unused", "newest", "tagged", "all", "any", "not");
    private static final Set<String> NEWEST = Set.of("count", "by");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,6})d(.*)");

    private final YamlNode node;
    private final int level;

    ConditionReader(YamlNode node) {
        this(node, 0);
    }

    private ConditionReader(YamlNode node, int level) {
        this.node = node;
        this.level = level;
    }

    RuleCondition read() {
        if (level > MOST_LEVELS) {
            throw new CommandException("The setting " + node.path() + " is nested too deeply for a condition.");
        }
        if (!(node.value() instanceof Map)) {
            return switch (node.value() instanceof List ? "" : node.text()) {
                case "always", "true" -> RuleCondition.always();
                case "never" -> RuleCondition.never();
                default ->
                    throw new CommandException("The setting " + node.path()
                            + " is no condition: write always, never, or a section such as {pushed: 30d}; there are "
                            + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            };
        }
        List<RuleCondition> parts = new ArrayList<>();
        node.fields(KEYS).forEach((key, value) -> parts.add(part(key, value)));
        if (parts.isEmpty()) {
            throw new CommandException(
                    "The setting " + node.path() + " has no condition; write always if that is meant.");
        }
        return parts.size() == 1 ? parts.get(0) : new RuleCondition.AllOf(parts);
    }

    private RuleCondition part(String key, YamlNode value) {
        return switch (key) {
            case "pushed" -> RulesReader.checked(value.path(), age(value), RuleCondition::pushedBefore);
            case "unused" -> RulesReader.checked(value.path(), age(value), RuleCondition::pulledBefore);
            case "newest" -> newest(value);
            case "tagged" -> flag(value) ? RuleCondition.tagged() : RuleCondition.untagged();
            case "all" -> RulesReader.checked(value.path(), parts(value), RuleCondition.AllOf::new);
            case "any" -> RulesReader.checked(value.path(), parts(value), RuleCondition.AnyOf::new);
            default -> RuleCondition.not(new ConditionReader(value, level + 1).read());
        };
    }

    private List<RuleCondition> parts(YamlNode list) {
        List<RuleCondition> parts = new ArrayList<>();
        list.elements().forEach(element -> parts.add(new ConditionReader(element, level + 1).read()));
        return parts;
    }

    private static RuleCondition newest(YamlNode value) {
        if (!(value.value() instanceof Map)) {
            return RulesReader.checked(
                    value.path(), count(value), count -> RuleCondition.newest(count, TagOrder.PUSH_TIME));
        }
        Map<String, YamlNode> fields = value.fields(NEWEST);
        YamlNode count = fields.get("count");
        if (count == null) {
            throw new CommandException(
                    "The setting " + value.path() + " lacks 'count'; write {count: 10, by: version}, for example.");
        }
        YamlNode by = fields.get("by");
        TagOrder order = by == null ? TagOrder.PUSH_TIME : order(by);
        return RulesReader.checked(count.path(), count(count), number -> RuleCondition.newest(number, order));
    }

    private static TagOrder order(YamlNode node) {
        return switch (node.text()) {
            case "push" -> TagOrder.PUSH_TIME;
            case "version" -> TagOrder.VERSION;
            default ->
                throw new CommandException(
                        "'" + node.text() + "' is no order for " + node.path() + "; use push or version.");
        };
    }

    private static int count(YamlNode node) {
        try {
            return Integer.parseInt(node.text());
        } catch (NumberFormatException e) {
            throw new CommandException("'" + node.text() + "' is not a number, for " + node.path() + ".");
        }
    }

    private static boolean flag(YamlNode node) {
        return switch (node.text()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new CommandException("'" + node.text() + "' is neither true nor false, for " + node.path() + ".");
        };
    }

    /** Reads a duration, in which days may stand first: {@code 30d}, {@code 1d12h}. */
    private static Duration age(YamlNode node) {
        Matcher days = DAYS.matcher(node.text());
        if (!days.matches()) {
            return GoDuration.parse(node.path(), node.text());
        }
        Duration rest = days.group(2).isEmpty() ? Duration.ZERO : GoDuration.parse(node.path(), days.group(2));
        return Duration.ofDays(Long.parseLong(days.group(1))).plus(rest);
    }
}
