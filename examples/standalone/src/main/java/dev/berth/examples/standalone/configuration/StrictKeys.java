package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.mirror.MirrorReader;
import dev.berth.examples.standalone.configuration.mirror.ProxyReader;
import dev.berth.examples.standalone.configuration.mirror.ReplicationReader;
import dev.berth.examples.standalone.configuration.observability.DebugReader;
import dev.berth.examples.standalone.configuration.observability.HealthReader;
import dev.berth.examples.standalone.configuration.observability.LogReader;
import dev.berth.examples.standalone.configuration.observability.NotificationReader;
import dev.berth.examples.standalone.configuration.trust.TrustReader;
import dev.berth.examples.standalone.configuration.values.SettingPath;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of {@code auth}, {@code access}, {@code maintenance}, {@code pulls}, {@code rules}, {@code quota}, {@code
 * proxy}, {@code mirrors}, {@code replication}, {@code scan}, {@code signatures}, {@code gate}, {@code notifications}, {@code console}, {@code http.debug}, {@code health} and {@code log}. One that is misspelt would leave open what should be
 * closed, remove what should be kept, bring images from elsewhere, or tell nobody what somebody waits for, so that an unknown one ends the program.
 */
final class StrictKeys {
    /** Settings of one value. */
    static final Set<String> VALUES = Stream.of(
                    AuthReader.VALUES,
                    AccessReader.VALUES,
                    CollectionReader.VALUES,
                    UndeleteReader.VALUES,
                    ScrubReader.VALUES,
                    PullsReader.VALUES,
                    RulesReader.VALUES,
                    ProxyReader.VALUES,
                    ConsoleReader.VALUES,
                    NotificationReader.VALUES,
                    DebugReader.VALUES,
                    HealthReader.VALUES,
                    LogReader.VALUES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Lists of values. */
    private static final Set<String> LISTS = Stream.of(
                    AuthReader.LISTS, AccessReader.LISTS, ConsoleReader.LISTS, NotificationReader.LISTS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> SECTIONS = List.of(
            AuthReader.SECTION,
            AccessReader.SECTION,
            CollectionReader.SECTION,
            PullsReader.SECTION,
            RulesReader.SECTION,
            QuotaReader.SECTION,
            ProxyReader.SECTION,
            MirrorReader.SECTION,
            ReplicationReader.SECTION,
            TrustReader.SCAN,
            TrustReader.SIGNATURES,
            TrustReader.GATE,
            NotificationReader.SECTION,
            ConsoleReader.SECTION,
            DebugReader.SECTION,
            HealthReader.SECTION,
            LogReader.SECTION);

    /** What can only stand in a file, and is checked where it is read. */
    private static final Set<String> TREES = Stream.of(AccessReader.TREES, RulesReader.TREES, QuotaReader.TREES)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Lists of sections that stand in a file, or as a whole and as YAML in a variable. They are checked where they are read. */
    private static final Set<String> YAML = Stream.of(
                    MirrorReader.TREES,
                    ReplicationReader.TREES,
                    TrustReader.TREES,
                    NotificationReader.TREES,
                    HealthReader.TREES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    /** Sections of names with values. */
    private static final Set<String> NAMES = Stream.concat(
                    Stream.of(LogReader.FIELDS), LogReader.WITHOUT_EFFECT.stream())
            .collect(Collectors.toUnmodifiableSet());

    /** Everything that may stand there, and the sections above. */
    private static final Set<String> PREFIXES = prefixes();

    private StrictKeys() {}

    private static Set<String> prefixes() {
        Set<String> all = new HashSet<>(VALUES);
        all.addAll(LISTS);
        all.addAll(TREES);
        all.addAll(YAML);
        all.addAll(NAMES);
        for (String path : List.copyOf(all)) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                all.add(path.substring(0, dot));
            }
        }
        return all;
    }

    /** Returns whether a setting is in one of the sections, and is checked here. */
    static boolean covers(String path) {
        return SECTIONS.stream().anyMatch(section -> SettingPath.within(path, section));
    }

    /** Fails if a setting of the sections is unknown. */
    static void check(Set<String> paths) {
        paths.stream().filter(StrictKeys::covers).forEach(StrictKeys::check);
    }

    /** Fails if a variable is set for something that can only stand in a file. */
    static void checkVariables(Set<String> paths) {
        for (String path : paths) {
            for (String tree : TREES) {
                if (SettingPath.within(path, tree)) {
                    throw new CommandException("The variable " + SettingPath.variable(path)
                            + " has no effect, since names do not fit into variables; write " + tree
                            + " into the file of --config instead.");
                }
            }
            for (String list : YAML) {
                if (path.startsWith(list + ".")) {
                    throw new CommandException("The variable " + SettingPath.variable(path)
                            + " has no effect, since a variable sets the whole list; write it as YAML into "
                            + SettingPath.variable(list) + ", or into the file of --config.");
                }
            }
        }
    }

    private static void check(String path) {
        if (Stream.of(TREES, YAML, NAMES).flatMap(Set::stream).anyMatch(tree -> SettingPath.within(path, tree))) {
            return;
        }
        String known = "";
        for (String key : path.split("\\.", -1)) {
            String next = known.isEmpty() ? key : known + "." + key;
            if (LISTS.contains(known) && key.matches("\\d+") || VALUES.contains(known)) {
                // What stands below a value is refused where its form is checked.
                return;
            }
            if (!PREFIXES.contains(next)) {
                throw new CommandException("The setting " + next + " (" + SettingPath.variable(next) + ") is unknown"
                        + YamlNode.meant(key, below(known)));
            }
            known = next;
        }
    }

    /** Returns the keys that may stand directly below a section. */
    private static Set<String> below(String section) {
        String prefix = section + ".";
        return PREFIXES.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .filter(key -> key.indexOf('.') < 0)
                .collect(Collectors.toSet());
    }
}
