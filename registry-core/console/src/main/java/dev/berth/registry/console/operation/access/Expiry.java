package dev.berth.registry.console.operation.access;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When a secret is to end, as forms ask for it. */
final class Expiry {
    private Expiry() {}

    static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("7", "in a week");
        choices.put("30", "in 30 days");
        choices.put("90", "in 90 days");
        choices.put("365", "in a year");
        choices.put("", "never");
        return choices;
    }

    /** Returns the time for a choice, or the text as it is, about which the API says what is wrong. */
    static Optional<String> of(String choice, Instant now) {
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                choice.matches("\\d{1,4}")
                        ? now.plus(Duration.ofDays(Long.parseLong(choice)))
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                        : choice);
    }
}
