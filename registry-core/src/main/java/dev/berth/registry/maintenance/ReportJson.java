package dev.berth.registry.maintenance;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report for programs. */
final class ReportJson {
    private ReportJson() {}

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

    private static String text(String text) {
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
