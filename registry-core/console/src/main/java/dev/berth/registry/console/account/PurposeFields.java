package dev.berth.registry.console.account;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Form;
import dev.berth.registry.console.page.Forms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a form that say what a secret is good for: where, for what, and until when. */
final class PurposeFields {
    private static final String REPOSITORIES = "repositories";
    private static final String ROLE = "role";
    private static final String EXPIRES = "expires";
    private static final String NEVER = "";

    private static final Map<String, String> ROLES = ordered(
            "reader", "reader: pull", "writer", "writer: pull and push", "maintainer", "maintainer: delete as well");

    private static final Map<String, String> TIMES =
            ordered("30", "in 30 days", "90", "in 90 days", "365", "in a year", NEVER, "never");

    private PurposeFields() {}

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static Html of(Form form, boolean again) {
        return Html.of(
                Forms.lines(
                        "Repositories, one name or pattern in a line, such as team/**",
                        REPOSITORIES,
                        form.get(REPOSITORIES)),
                Forms.choice("Role", ROLE, ROLES, form.find(ROLE).orElse("reader")),
                Forms.choice("Expires", EXPIRES, TIMES, again ? form.get(EXPIRES) : "90"));
    }

    /** Adds what was filled in to what the API is told. */
    static void add(Form form, Instant now, Map<String, Object> fields) {
        List<String> repositories = Arrays.stream(form.get(REPOSITORIES).split("[\\s,]+", -1))
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        fields.put("repositories", repositories);
        fields.put("role", form.get(ROLE));
        String days = form.get(EXPIRES);
        if (!days.equals(NEVER)) {
            // What is none of the choices is none of the API's times either.
            fields.put(
                    "expires",
                    TIMES.containsKey(days)
                            ? now.plus(Duration.ofDays(Long.parseLong(days)))
                                    .truncatedTo(ChronoUnit.MINUTES)
                                    .toString()
                            : days);
        }
    }
}
