package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.ByteSize;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the section {@code quota}: a list of patterns with what their repositories may use. */
final class QuotaReader {
    static final String SECTION = "quota";

    /** What can only stand in a file. */
    static final Set<String> TREES = Set.of(SECTION);

    private static final String PATTERN = "repositories";
    private static final String BYTES = "bytes";
    private static final String COUNT = "count";
    private static final Set<String> KEYS = Set.of(PATTERN, BYTES, COUNT);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final String EXAMPLE = "a quota is written as {repositories: 'team/**', bytes: 10GiB, count: 50}";

    private final YamlNode section;

    QuotaReader(YamlNode section) {
        this.section = section;
    }

    List<QuotaLimit> read() {
        List<QuotaLimit> limits = new ArrayList<>();
        for (YamlNode quota : section.elements()) {
            limits.add(limit(quota));
        }
        checked(section.path(), () -> QuotaOptions.builder().limits(limits).build());
        return List.copyOf(limits);
    }

    private static QuotaLimit limit(YamlNode quota) {
        Map<String, YamlNode> fields = quota.fields(KEYS);
        YamlNode pattern = fields.get(PATTERN);
        if (pattern == null) {
            throw new CommandException("The setting " + quota.path() + " lacks '" + PATTERN + "'; " + EXAMPLE + ".");
        }
        NamePattern repositories = checked(pattern.path(), () -> NamePattern.parse(pattern.text()));
        YamlNode bytes = fields.get(BYTES);
        YamlNode count = fields.get(COUNT);
        return checked(
                quota.path(),
                () -> new QuotaLimit(
                        repositories,
                        bytes == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(ByteSize.parse(bytes.path(), bytes.text())),
                        count == null ? OptionalLong.empty() : OptionalLong.of(number(count))));
    }

    private static long number(YamlNode node) {
        if (!NUMBER.matcher(node.text()).matches()) {
            throw new CommandException(
                    "'" + node.text() + "' is not a number of repositories for " + node.path() + "; " + EXAMPLE + ".");
        }
        return Long.parseLong(node.text());
    }

    private interface Value<T> {
        T read();
    }

    private static <T> T checked(String path, Value<T> value) {
        try {
            return value.read();
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting " + path + " is wrong: " + e.getMessage() + ".");
        }
    }
}
