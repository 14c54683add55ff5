package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.audit.store.AuditStoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@link ConsoleSettings}. */
final class ConsoleReader {
    static final String SECTION = "console";

    private static final String DISABLED = SECTION + ".disabled";
    private static final String PATH = SECTION + ".path";
    private static final String PUBLISHED_AT = SECTION + ".publishedat";
    private static final String TITLE = SECTION + ".title";
    private static final String OFFICIAL = SECTION + ".official";
    private static final String IDLE = SECTION + ".sessions.idle";
    private static final String LIFETIME = SECTION + ".sessions.lifetime";
    private static final String AUDIT_KEEP = SECTION + ".audit.keep";
    private static final String AUDIT_SIZE = SECTION + ".audit.size";

    /** Settings of one value. */
    static final Set<String> VALUES =
            Set.of(DISABLED, PATH, PUBLISHED_AT, TITLE, IDLE, LIFETIME, AUDIT_KEEP, AUDIT_SIZE);

    /** Lists of values. */
    static final Set<String> LISTS = Set.of(OFFICIAL);

    private static final Pattern GOOD_PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");

    /** What the registry itself has there. */
    private static final Set<String> TAKEN = Set.of("v2", "v1", "api", "berth", "token");

    private static final int LONGEST_TITLE = 100;
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(1);
    private static final Duration SHORTEST_AUDIT = Duration.ofHours(1);
    private static final long SMALLEST_AUDIT = 1 << 20;

    private final SettingValues values;

    ConsoleReader(SettingValues values) {
        this.values = values;
    }

    ConsoleSettings read() {
        return new ConsoleSettings(
                !values.flag(DISABLED, false),
                path(PATH, values.text(PATH).orElse("/")),
                values.text(PUBLISHED_AT).map(text -> path(PUBLISHED_AT, text)),
                title(),
                official(),
                new ConsoleSettings.Sessions(
                        session(IDLE, Duration.ofHours(12)), session(LIFETIME, Duration.ofDays(7))),
                audit());
    }

    private static String path(String setting, String text) {
        if (!GOOD_PATH.matcher(text).matches()) {
            throw new CommandException("'" + text + "' is not a path for " + setting
                    + "; write one that begins with a slash, such as /registry-ui.");
        }
        String first = text.split("/", -1)[1];
        if (setting.equals(PATH) && TAKEN.contains(first)) {
            throw new CommandException("The setting " + PATH + " cannot be below /" + first
                    + "/, where the registry itself answers; choose another path, such as /registry-ui.");
        }
        return text;
    }

    private String title() {
        String title = values.text(TITLE).orElse("Registry");
        if (title.length() > LONGEST_TITLE) {
            throw new CommandException("The setting " + TITLE + " has at most " + LONGEST_TITLE + " characters, not "
                    + title.length() + ".");
        }
        return title;
    }

    private List<NamePattern> official() {
        List<NamePattern> patterns = new ArrayList<>();
        for (String text : values.list(OFFICIAL)) {
            try {
                patterns.add(NamePattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw new CommandException("The setting " + OFFICIAL + " is wrong: " + e.getMessage() + ".");
            }
        }
        return List.copyOf(patterns);
    }

    private Duration session(String setting, Duration usual) {
        return duration(setting, usual, SHORTEST_SESSION, "a minute or longer, such as 12h");
    }

    private Duration duration(String setting, Duration usual, Duration shortest, String allowed) {
        Duration duration = values.duration(setting, usual);
        if (duration.compareTo(shortest) < 0) {
            throw new CommandException("The setting " + setting + " is " + allowed + ".");
        }
        return duration;
    }

    private ConsoleSettings.Audit audit() {
        AuditStoreOptions usual = AuditStoreOptions.defaults();
        Duration keep = duration(AUDIT_KEEP, usual.keep(), SHORTEST_AUDIT, "an hour or longer, such as 2160h");
        long size = values.size(AUDIT_SIZE).orElse(usual.mostBytes());
        if (size < SMALLEST_AUDIT) {
            throw new CommandException("The setting " + AUDIT_SIZE + " is 1MiB or more, such as 256MiB.");
        }
        return new ConsoleSettings.Audit(keep, size);
    }
}
