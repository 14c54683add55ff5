package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import dev.berth.registry.mirror.replication.ReplicationRule;
import dev.berth.registry.mirror.replication.ReplicationRule.Conflicts;
import dev.berth.registry.mirror.replication.ReplicationRule.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the list {@code replication}. */
public final class ReplicationReader {
    /** The section. */
    public static final String SECTION = "replication";

    /** A list of sections, in the file or as YAML in a variable. */
    public static final Set<String> TREES = Set.of(SECTION);

    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final Set<String> OWN = Set.of(
            "name",
            "target",
            "direction",
            "repositories",
            "tags",
            "exclude",
            "platforms",
            "referrers",
            "deletions",
            "mostdeleted",
            "moves",
            "overwrites",
            "strip",
            "prefix",
            "conflicts",
            "interval");
    private static final Set<String> KEYS = keys();

    private final YamlNode list;

    /** Reads from a list. */
    public ReplicationReader(YamlNode list) {
        this.list = list;
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>(OWN);
        keys.addAll(UpstreamReader.KEYS);
        return Set.copyOf(keys);
    }

    /** Reads the rules. */
    public List<ReplicationSettings> read() {
        List<ReplicationSettings> rules = new ArrayList<>();
        for (YamlNode node : list.elements()) {
            ReplicationSettings rule = rule(node);
            if (rules.stream()
                    .anyMatch(other -> other.rule().name().equals(rule.rule().name()))) {
                throw new CommandException(
                        "The setting " + node.path() + " has the name '"
                                + rule.rule().name()
                                + "', which another rule has; what is known of its tags is kept below it, so give each its own.");
            }
            rules.add(rule);
        }
        return List.copyOf(rules);
    }

    private static ReplicationSettings rule(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEYS);
        String name = fields.required("name");
        UpstreamSettings other = UpstreamReader.read(node.path(), fields, "target");
        List<NamePattern> repositories = fields.values("repositories", NamePattern::parse);
        List<TagPattern> tags = fields.values("tags", TagPattern::new);
        List<TagPattern> exclude = fields.values("exclude", TagPattern::new);
        List<Platform> platforms = fields.values("platforms", Platform::parse);
        Optional<RepositoryName> strip = name(fields, "strip");
        Optional<RepositoryName> prefix = name(fields, "prefix");
        ReplicationRule rule = Checked.value(node.path(), () -> {
            ReplicationRule.Builder builder = ReplicationRule.builder(name)
                    .direction(word(fields, "direction", Direction.class, Direction.PUSH))
                    .include(tags)
                    .exclude(exclude)
                    .platforms(platforms)
                    .referrers(fields.flag("referrers", true))
                    .deletions(fields.flag("deletions"))
                    .moves(fields.flag("moves", true))
                    .overwrites(fields.flag("overwrites"))
                    .conflicts(word(fields, "conflicts", Conflicts.class, Conflicts.REPORT));
            if (!repositories.isEmpty()) {
                builder.repositories(repositories);
            }
            fields.number("mostdeleted", 0, 100).ifPresent(builder::mostDeleted);
            strip.ifPresent(builder::strip);
            prefix.ifPresent(builder::prefix);
            return builder.build();
        });
        return new ReplicationSettings(rule, other, fields.duration("interval", INTERVAL));
    }

    private static Optional<RepositoryName> name(NodeFields fields, String key) {
        return fields.find(key).map(field -> Checked.value(field.path(), () -> RepositoryName.parse(field.text())));
    }

    private static <E extends Enum<E>> E word(NodeFields fields, String key, Class<E> type, E otherwise) {
        Optional<YamlNode> field = fields.find(key);
        if (field.isEmpty()) {
            return otherwise;
        }
        String text = field.get().text().toLowerCase(Locale.ROOT);
        Set<String> known = Arrays.stream(type.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!known.contains(text)) {
            throw new CommandException("The word '" + field.get().text() + "' of "
                    + field.get().path() + " is unknown" + YamlNode.meant(text, known));
        }
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }
}
