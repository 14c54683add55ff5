package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import dev.berth.registry.rules.RetentionOptions;
import dev.berth.registry.rules.RuleCondition;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads the section {@code rules}. */
public final class RulesReader {
    static final String SECTION = "rules";

    private static final String INTERVAL = SECTION + ".interval";
    private static final String GRACE = SECTION + ".untaggedgrace";

    /** Settings of one value. */
    static final Set<String> VALUES = Set.of(INTERVAL, GRACE);

    /** What can only stand in a file. */
    static final Set<String> TREES = Set.of(SECTION + ".tags");

    private static final Set<String> KEYS = Set.of("interval", "untaggedgrace", "tags");
    private static final Set<String> RULE =
            Set.of("name", "repositories", "tags", "except", "immutable", "keep", "delete");
    private static final Set<String> IMMUTABLE = Set.of("until");
    private static final String EXAMPLE = "a rule is written as {name: old, tags: 'pr-*', delete: {unused: 30d}}";

    private final SettingValues values;
    private final YamlNode section;

    RulesReader(SettingValues values, YamlNode section) {
        this.values = values;
        this.section = section;
    }

    /**
     * Reads a file that has a section {@code rules}: a configuration, or a file with that section alone.
     *
     * @throws CommandException if it has none, or a rule is wrong
     */
    public static RuleSettings read(Path file) {
        ConfigFile config = ConfigFile.read(file);
        YamlNode section = config.section(SECTION);
        if (section.value() == null) {
            throw new CommandException(
                    "The file " + file + " has no section 'rules'; write the rules below 'rules:' and" + " 'tags:'.");
        }
        return new RulesReader(new SettingValues(config.settings()), section).read();
    }

    RuleSettings read() {
        Duration grace = values.duration(GRACE, Duration.ofHours(1));
        checked(GRACE, grace, RetentionOptions.builder()::untaggedGrace);
        Map<String, YamlNode> fields = section.fields(KEYS);
        List<TagRule> rules = new ArrayList<>();
        YamlNode tags = fields.get("tags");
        if (tags != null) {
            for (YamlNode rule : tags.elements()) {
                rules.add(rule(rule));
            }
        }
        TagRules all = checked(SECTION + ".tags", rules, TagRules::of);
        if (all.asksForPulls() && new PullsReader(values).read().isEmpty()) {
            throw new CommandException(
                    "Some rule has a condition 'unused', but pulls are not counted, so that images would"
                            + " go that are in use; enable pulls, or use 'pushed'.");
        }
        return new RuleSettings(all, values.positiveDuration(INTERVAL, Duration.ofHours(24)), grace);
    }

    private static TagRule rule(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(RULE);
        YamlNode named = fields.get("name");
        if (named == null) {
            throw new CommandException("The setting " + node.path() + " lacks 'name'; " + EXAMPLE + ".");
        }
        List<String> effects = fields.keySet().stream()
                .filter(Set.of("immutable", "keep", "delete")::contains)
                .toList();
        if (effects.size() != 1) {
            throw new CommandException(
                    "The setting " + node.path() + " needs one of immutable, keep and delete, and has "
                            + (effects.isEmpty() ? "none" : String.join(" and ", effects)) + "; " + EXAMPLE + ".");
        }
        String effect = effects.get(0);
        YamlNode condition = Objects.requireNonNull(fields.get(effect));
        List<NamePattern> repositories =
                patterns(fields, "repositories", element -> AccessWords.pattern(element.path(), element.text()));
        List<TagPattern> tags = patterns(fields, "tags", RulesReader::tagPattern);
        List<TagPattern> except = patterns(fields, "except", RulesReader::tagPattern);
        RuleCondition when = effect.equals("immutable") ? release(condition) : new ConditionReader(condition).read();
        return checked(
                named.path(),
                named.text(),
                name -> new TagRule(
                        name,
                        TagRule.Effect.valueOf(effect.toUpperCase(Locale.ROOT)),
                        repositories,
                        tags,
                        except,
                        when));
    }

    private static RuleCondition release(YamlNode node) {
        if (node.value() instanceof Map) {
            Map<String, YamlNode> fields = node.fields(IMMUTABLE);
            YamlNode until = fields.get("until");
            if (until != null) {
                return new ConditionReader(until).read();
            }
        } else if (node.text().equals("always")) {
            return RuleCondition.never();
        }
        throw new CommandException("The setting " + node.path()
                + " says when the tag is released: write {until: {pushed: 90d}}, for example, or always for never.");
    }

    private static <T> List<T> patterns(Map<String, YamlNode> fields, String key, Function<YamlNode, T> parse) {
        YamlNode node = fields.get(key);
        if (node == null) {
            return List.of();
        }
        List<T> patterns = new ArrayList<>();
        node.elements().forEach(element -> patterns.add(parse.apply(element)));
        if (patterns.isEmpty()) {
            // An empty list would mean all of them.
            throw new CommandException("The setting " + node.path() + " has no value; give it one, or remove it.");
        }
        return patterns;
    }

    private static TagPattern tagPattern(YamlNode node) {
        return checked(node.path(), node.text(), TagPattern::new);
    }

    static <T, R> R checked(String path, T value, Function<T, R> use) {
        try {
            return use.apply(value);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + path + " is wrong: " + e.getMessage() + ".");
        }
    }
}
