package dev.berth.registry.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an image says about how containers of it run. */
public enum Setting {
    /** Who runs. */
    USER("User", "user", config -> config.execution().user().stream().toList()),
    /** Where it starts. */
    WORKING_DIRECTORY(
            "Working directory",
            "workingDirectory",
            config -> config.execution().workingDir().stream().toList()),
    /** The program, and arguments that always come first. */
    ENTRY_POINT("Entry point", "entrypoint", ImageConfig::entrypoint),
    /** The arguments that come by default. */
    COMMAND("Command", "command", ImageConfig::cmd),
    /** Ports that it listens at. */
    PORTS("Ports", "ports", config -> config.execution().exposedPorts()),
    /** Directories that it writes to. */
    VOLUMES("Volumes", "volumes", config -> config.execution().volumes()),
    /** The signal that ends it. */
    STOP_SIGNAL(
            "Stop signal",
            "stopSignal",
            config -> config.execution().stopSignal().stream().toList()),
    /** How Docker finds out whether it is well, which OCI does not know. */
    HEALTH_CHECK("Health check", "healthCheck", Setting::healthCheck),
    /** Variables. */
    ENVIRONMENT("Environment", "environment", ImageConfig::env);

    private static final int MOST_WORDS = 1_000;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private final String title;
    private final String member;
    private final Function<ImageConfig, List<String>> values;

    Setting(String title, String member, Function<ImageConfig, List<String>> values) {
        this.title = title;
        this.member = member;
        this.values = values;
    }

    /** Returns what people call it. */
    public String title() {
        return title;
    }

    /** Returns what the JSON API calls it. */
    public String member() {
        return member;
    }

    /** Returns what an image says; empty if it says nothing. */
    public List<String> of(ImageConfig config) {
        return values.apply(config);
    }

    /** Returns what an image says, in lines for people: a command is one line. */
    public List<String> lines(ImageConfig config) {
        List<String> said = of(config);
        return said.isEmpty() || this != ENTRY_POINT && this != COMMAND
                ? said
                : List.of(said.stream().map(Setting::word).collect(Collectors.joining(" ")));
    }

    /** A word that is not plain stands in quotes, as in JSON. */
    private static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : TextNode.valueOf(word).toString();
    }

    /** In a form that nobody promises: what is not understood is left out. */
    private static List<String> healthCheck(ImageConfig config) {
        if (config.source().isEmpty()) {
            return List.of();
        }
        try {
            JsonNode check = StrictJson.parseLastNameWins(config.source().get().getBytes(StandardCharsets.UTF_8))
                    .path("config")
                    .path("Healthcheck");
            List<String> lines = new ArrayList<>();
            List<String> test = new ArrayList<>();
            for (JsonNode word : check.path("Test")) {
                if (word.isTextual() && test.size() < MOST_WORDS) {
                    test.add(word.asText());
                }
            }
            if (!test.isEmpty()) {
                lines.add(String.join(" ", test));
            }
            addTime(lines, "every ", check.path("Interval"));
            addTime(lines, "for at most ", check.path("Timeout"));
            addTime(lines, "from the start not before ", check.path("StartPeriod"));
            if (check.path("Retries").isIntegralNumber() && check.path("Retries").asLong() > 0) {
                lines.add("tried " + check.path("Retries").asLong() + " times");
            }
            return lines;
        } catch (MalformedJsonException e) {
            return List.of();
        }
    }

    private static void addTime(List<String> lines, String before, JsonNode nanoseconds) {
        if (nanoseconds.isIntegralNumber() && nanoseconds.asLong() > 0) {
            Duration time = Duration.ofNanos(nanoseconds.asLong());
            lines.add(before + (time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms"));
        }
    }
}
