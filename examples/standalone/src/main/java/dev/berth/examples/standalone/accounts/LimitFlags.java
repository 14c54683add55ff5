package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a robot or a personal token is good for. */
final class LimitFlags {
    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([smhd])");

    @Option(
            names = "--repositories",
            paramLabel = "PATTERN",
            required = true,
            split = ",",
            description =
                    "Where it is good for something: team/app, 'team/*', 'team/**' or '**'; several with commas, or"
                            + " by giving the option again.")
    private List<String> repositories = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description =
                    "What it is good for, as far as its owner may: reader (pull), writer (pull, push) or maintainer"
                            + " (pull, push, delete).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String role;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "When it stops working: after 90d, 12h, 30m; or on 2030-01-31. Never by default.")
    private @Nullable String expires;

    void check() {
        role = AccountCommand.role(role);
        repositories.forEach(AccountCommand::pattern);
        if (expires != null) {
            time(expires);
        }
    }

    void addTo(ObjectNode body) {
        repositories.forEach(body.putArray("repositories")::add);
        body.put("role", role);
        if (expires != null) {
            body.put("expires", time(expires).toString());
        }
    }

    /** Returns a time that is given as a duration from now, a date, or a time. */
    private static Instant time(String text) {
        try {
            return DURATION.matcher(text).matches()
                    ? Instant.now().plus(duration(text))
                    : text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new UsageException("'" + text + "' is no time; write 90d, 12h, 30m or a date such as 2030-01-31");
        }
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("'" + text + "' is no duration; write 90d, 12h, 30m or 45s");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** Adds a row about what is limited. */
    static void row(Table table, JsonNode limited, String id, String more) {
        table.row(
                limited.path(id).asText(),
                AccountCommand.joined(limited.path("repositories")),
                limited.path("role").asText(),
                limited.path("expires").asText("never"),
                limited.path("lastUsed").asText("never"),
                limited.path(more).asText());
    }
}
