package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@link LogSettings}. */
public final class LogReader {
    /** The section. */
    public static final String SECTION = "log";

    private static final String LEVEL = SECTION + ".level";
    private static final String FORMATTER = SECTION + ".formatter";
    private static final String ACCESS_DISABLED = SECTION + ".accesslog.disabled";
    private static final String ACCESS_FORMATTER = SECTION + ".accesslog.formatter";
    private static final String AUDIT_DISABLED = SECTION + ".audit.disabled";

    /** Settings of one value. */
    public static final Set<String> VALUES =
            Set.of(LEVEL, FORMATTER, ACCESS_DISABLED, ACCESS_FORMATTER, AUDIT_DISABLED);

    /** A section whose keys are names. A variable may set one, or hold the section as YAML. */
    public static final String FIELDS = SECTION + ".fields";

    /** Those of {@code registry:2} and {@code registry:3} that have no effect. */
    public static final List<String> WITHOUT_EFFECT = List.of(SECTION + ".hooks", SECTION + ".reportcaller");

    /** What each line has anyway, of the log, of the access log and of the audit log. */
    private static final Set<String> TAKEN = Set.of("time", "level", "logger", "message", "exception");

    private final SettingValues values;
    private final YamlNode fields;
    private final Map<String, String> variables;
    private final List<String> warnings;

    /**
     * Reads from these settings.
     *
     * @param fields the section {@code log.fields}
     * @param variables the fields of variables by their names, which replace those of the section
     * @param warnings takes a sentence for each setting that has no effect
     */
    public LogReader(SettingValues values, YamlNode fields, Map<String, String> variables, List<String> warnings) {
        this.values = values;
        this.fields = fields;
        this.variables = variables;
        this.warnings = warnings;
    }

    /** Reads the section. */
    public LogSettings read() {
        Format format = format(FORMATTER, Format.TEXT);
        Format access = format(ACCESS_FORMATTER, format);
        Map<String, String> added = fields();
        if (!added.isEmpty() && format == Format.TEXT) {
            warnings.add("The setting " + FIELDS + " has no effect here: fields stand in lines of JSON only, which "
                    + FORMATTER + ": json makes.");
        }
        return new LogSettings(
                level(),
                format,
                Collections.unmodifiableMap(added),
                !values.flag(ACCESS_DISABLED, false),
                access,
                !values.flag(AUDIT_DISABLED, false));
    }

    private String level() {
        String level = values.text(LEVEL).orElse("info").toLowerCase(Locale.ROOT);
        return switch (level) {
            case "debug", "info", "warn", "error" -> level;
            default ->
                throw new CommandException("'" + level + "' is not a log.level; use debug, info, warn or error.");
        };
    }

    private Format format(String path, Format otherwise) {
        String text = values.text(path).orElse("").toLowerCase(Locale.ROOT);
        return switch (text) {
            case "" -> otherwise;
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            case "logstash" -> {
                warnings.add("The setting " + path + " is taken for json: the names of Logstash's own fields, such as"
                        + " @timestamp, are not written.");
                yield Format.JSON;
            }
            default -> throw new CommandException("'" + text + "' is not a " + path + "; use text or json.");
        };
    }

    private Map<String, String> fields() {
        Map<String, String> all = new LinkedHashMap<>();
        fields.entries().forEach((name, value) -> all.put(name, value.text()));
        variables.forEach((name, value) -> {
            all.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            all.put(name, value);
        });
        for (String name : all.keySet()) {
            if (TAKEN.contains(name)) {
                throw new CommandException("The setting " + FIELDS + "." + name
                        + " would stand in a line twice, which has a field of this name anyway; choose another name.");
            }
        }
        return all;
    }
}
