package dev.berth.registry.maintenance;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for programs, and for the store. */
final class ReportJson {
    private ReportJson() {}

    /**
     * Reads what {@link #of} has written.
     *
     * @throws MalformedJsonException if it is something else
     * @throws IllegalArgumentException if it has a word or a time that is none
     */
    static CollectionReport parse(JsonObject report) {
        return new CollectionReport(
                CollectionScope.valueOf(word(report.requireString("scope"))),
                report.flag("plan"),
                numbers(report.requireObject("counts")),
                numbers(report.requireObject("bytes")),
                report.requireInteger("removedLinks"),
                report.string("nextDue").map(ReportJson::time),
                report.objects("details").stream().map(ReportJson::detail).toList(),
                report.strings("notes"));
    }

    private static CollectionDetail detail(JsonObject detail) {
        return new CollectionDetail(
                CollectionDetail.Kind.valueOf(word(detail.requireString("kind"))),
                detail.requireString("object"),
                detail.requireInteger("bytes"),
                detail.string("due").map(ReportJson::time),
                detail.string("reason").orElse(""));
    }

    private static Map<CollectionDetail.Kind, Long> numbers(JsonObject numbers) {
        Map<CollectionDetail.Kind, Long> all = new EnumMap<>(CollectionDetail.Kind.class);
        for (CollectionDetail.Kind kind : CollectionDetail.Kind.values()) {
            numbers.integer(kind.name().toLowerCase(Locale.ROOT)).ifPresent(number -> all.put(kind, number));
        }
        return all;
    }

    private static String word(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("There is no time '" + text + "'", e);
        }
    }

    static String of(CollectionReport report) {
        return "{\"scope\":" + text(report.scope().name().toLowerCase(Locale.ROOT))
                + ",\"plan\":" + report.plan()
                + ",\"counts\":" + numbers(report.counts())
                + ",\"bytes\":" + numbers(report.bytes())
                + ",\"removedLinks\":" + report.removedLinks()
                + ",\"nextDue\":"
                + report.nextDue().map(due -> text(due.toString())).orElse("null")
                + ",\"details\":"
                + array(report.details().stream().map(ReportJson::detail).toList())
                + ",\"notes\":"
                + array(report.notes().stream().map(ReportJson::text).toList()) + "}";
    }

    private static String detail(CollectionDetail detail) {
        return "{\"kind\":" + text(detail.kind().name().toLowerCase(Locale.ROOT))
                + ",\"object\":" + text(detail.object())
                + ",\"bytes\":" + detail.bytes()
                + ",\"due\":" + detail.due().map(due -> text(due.toString())).orElse("null")
                + ",\"reason\":" + text(detail.reason()) + "}";
    }

    private static String array(Collection<String> elements) {
        return elements.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String numbers(Map<CollectionDetail.Kind, Long> numbers) {
        Map<CollectionDetail.Kind, Long> all = new TreeMap<>(numbers);
        for (CollectionDetail.Kind kind : CollectionDetail.Kind.values()) {
            all.putIfAbsent(kind, 0L);
        }
        return all.entrySet().stream()
                .map(entry -> text(entry.getKey().name().toLowerCase(Locale.ROOT)) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
