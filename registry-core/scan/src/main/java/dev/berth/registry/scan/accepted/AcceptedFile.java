package dev.berth.registry.scan.accepted;

import dev.berth.registry.Digest;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A list of accepted findings in the form of this project. */
final class AcceptedFile {
    private static final Set<String> FIELDS =
            Set.of("id", "ids", "package", "repository", "image", "status", "reason", "by", "since", "expires");

    private AcceptedFile() {}

    static Acceptances read(JsonObject root) {
        requireOnly(root, Set.of("accepted"));
        List<Acceptance> entries = new ArrayList<>();
        for (JsonObject entry : root.objects("accepted")) {
            entries.add(entry(entry));
        }
        return Acceptances.of(entries);
    }

    private static Acceptance entry(JsonObject entry) {
        requireOnly(entry, FIELDS);
        List<String> ids = new ArrayList<>(entry.strings("ids"));
        if (entry.has("id") || ids.isEmpty()) {
            ids.add(0, entry.requireString("id"));
        }
        if (ids.stream().anyMatch(String::isBlank)) {
            throw entry.malformed("ids", "must not be empty");
        }
        Status status = parsed(
                        entry,
                        "status",
                        "one of the words of Status in lower case",
                        text -> Status.of(text).orElseThrow(() -> new IllegalArgumentException(text)))
                .orElse(Status.ACCEPTED);
        return new Acceptance(
                ids,
                parsed(entry, "package", "a package URL or a name", PackagePattern::parse),
                parsed(entry, "repository", "a pattern such as team/app, team/* or team/**", NamePattern::parse),
                parsed(entry, "image", "a digest", Digest::parse),
                status,
                entry.requireString("reason"),
                entry.string("by").orElse(""),
                parsed(entry, "since", "a day or a time", text -> time(text, 0)),
                parsed(entry, "expires", "a day or a time", text -> time(text, 1)));
    }

    /** A day ends when the next one begins. */
    private static Instant time(String text, int moreDays) {
        return text.indexOf('T') < 0
                ? LocalDate.parse(text)
                        .plusDays(moreDays)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                : Instant.parse(text);
    }

    private static <T> Optional<T> parsed(JsonObject entry, String name, String what, Function<String, T> parser) {
        return entry.string(name).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw entry.malformed(name, "must be " + what + ", not " + JsonObject.printable(text));
            }
        });
    }

    private static void requireOnly(JsonObject object, Set<String> names) {
        object.node().fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw object.malformed(JsonObject.printable(name), "is no field of a list of accepted findings");
            }
        });
    }
}
