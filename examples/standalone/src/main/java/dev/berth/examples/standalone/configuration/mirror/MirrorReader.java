package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.ByteSize;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.NodeFields;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the list {@code mirrors}. */
public final class MirrorReader {
    /** The section. */
    public static final String SECTION = "mirrors";

    /** A list of sections, in the file or as YAML in a variable. */
    public static final Set<String> TREES = Set.of(SECTION);

    private static final Set<String> OWN = Set.of(
            "name",
            "namespaces",
            "upstream",
            "default",
            "onlyhere",
            "allow",
            "fresh",
            "freshtags",
            "missing",
            "deadline",
            "budget",
            "unused",
            "referrers",
            "keepgone");
    private static final Set<String> KEYS = keys();
    private static final Set<String> FRESH_TAGS = Set.of("repositories", "tags", "time");

    private final YamlNode list;

    /** Reads from a list. */
    public MirrorReader(YamlNode list) {
        this.list = list;
    }

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>(OWN);
        keys.addAll(UpstreamReader.KEYS);
        return Set.copyOf(keys);
    }

    /** Reads the mirrors. */
    public List<MirrorSettings> read() {
        List<MirrorSettings> mirrors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode node : list.elements()) {
            MirrorSettings mirror = mirror(node);
            if (mirrors.stream().anyMatch(other -> other.name().equals(mirror.name()))) {
                throw new CommandException("The setting " + node.path() + " has the name '" + mirror.name()
                        + "', which another mirror has; repositories are below it, so give each its own.");
            }
            for (String namespace : mirror.namespaces()) {
                if (!names.add(namespace)) {
                    throw new CommandException(
                            "The setting " + node.path() + " has the namespace '" + namespace
                                    + "', which another mirror has; it is that of one registry, so remove it from one of them.");
                }
            }
            if (mirror.chosenByDefault() && mirrors.stream().anyMatch(MirrorSettings::chosenByDefault)) {
                throw new CommandException("The setting " + node.path() + " is another mirror with 'default: true';"
                        + " leave it at one of them, which is asked for what is of no other.");
            }
            mirrors.add(mirror);
        }
        return List.copyOf(mirrors);
    }

    private static MirrorSettings mirror(YamlNode node) {
        NodeFields fields = NodeFields.of(node, KEYS);
        String name = fields.required("name");
        RepositoryName prefix = Checked.value(fields.path("name"), () -> RepositoryName.parse(name));
        List<String> namespaces = new ArrayList<>(List.of(name));
        fields.list("namespaces").stream()
                .map(namespace -> namespace.toLowerCase(Locale.ROOT))
                .filter(namespace -> !namespaces.contains(namespace))
                .forEach(namespaces::add);
        MirrorSettings mirror = new MirrorSettings(
                name,
                Optional.of(prefix),
                List.copyOf(namespaces),
                fields.flag("default"),
                onlyHere(fields),
                UpstreamReader.read(node.path(), fields, "upstream"),
                fields.values("allow", NamePattern::parse),
                fields.time("fresh"),
                freshTags(fields),
                fields.time("missing"),
                fields.time("deadline"),
                fields.find("budget")
                        .map(field -> OptionalLong.of(ByteSize.parse(field.path(), field.text())))
                        .orElseGet(OptionalLong::empty),
                fields.time("unused").filter(time -> !time.isZero()),
                fields.flag("referrers", true),
                fields.flag("keepgone"));
        return checked(node.path(), mirror);
    }

    private static List<NamePattern> onlyHere(NodeFields fields) {
        List<NamePattern> patterns = fields.values("onlyhere", NamePattern::parse);
        if (!patterns.isEmpty() && !fields.flag("default")) {
            throw new CommandException("The setting " + fields.path("onlyhere")
                    + " is for the mirror with 'default: true', which is asked for all other names; remove it here.");
        }
        return patterns;
    }

    /** Fails if the library would refuse some value. */
    static MirrorSettings checked(String path, MirrorSettings mirror) {
        Checked.value(path, mirror::options);
        return mirror;
    }

    private static List<FreshTags> freshTags(NodeFields fields) {
        List<FreshTags> rules = new ArrayList<>();
        fields.find("freshtags").ifPresent(list -> {
            for (YamlNode node : list.elements()) {
                NodeFields rule = NodeFields.of(node, FRESH_TAGS);
                rules.add(new FreshTags(
                        Checked.value(
                                rule.path("repositories"),
                                () -> NamePattern.parse(
                                        rule.text("repositories").orElse("**"))),
                        Checked.value(
                                rule.path("tags"),
                                () -> new TagPattern(rule.text("tags").orElse("*"))),
                        GoDuration.parse(rule.path("time"), rule.required("time"))));
            }
        });
        return List.copyOf(rules);
    }
}
