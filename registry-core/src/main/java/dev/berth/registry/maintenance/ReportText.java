package dev.berth.registry.maintenance;

import dev.berth.registry.maintenance.CollectionDetail.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A report for people. */
final class ReportText {
    private ReportText() {}

    static String of(CollectionReport report) {
        StringBuilder text = new StringBuilder();
        boolean plan = report.plan();
        line(text, report, Kind.REMOVED, plan ? "Would be removed at once" : "Removed");
        line(text, report, Kind.CONDEMNED, plan ? "Not needed, and would be condemned" : "Not needed, and condemned");
        line(text, report, Kind.WAITING, "Condemned before, waiting");
        line(text, report, Kind.KEPT, "Condemned before, and needed again");
        line(text, report, Kind.BROKEN, "Broken, and kept");
        if (report.removedLinks() > 0) {
            text.append("Links removed: ").append(report.removedLinks()).append('\n');
        }
        report.nextDue()
                .ifPresent(due -> text.append("The next can be removed at ")
                        .append(seconds(due))
                        .append('\n'));
        report.notes().forEach(note -> text.append(note).append('\n'));
        report.details().forEach(detail -> text.append("  ").append(detail).append('\n'));
        long more = report.counts().values().stream().mapToLong(Long::longValue).sum()
                - report.details().size();
        if (more > 0) {
            text.append("  and ").append(more).append(" more\n");
        }
        return text.toString();
    }

    /** Returns the first whole second that is not before this time. */
    static Instant seconds(Instant time) {
        return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void line(StringBuilder text, CollectionReport report, Kind kind, String title) {
        if (report.count(kind) > 0 || kind == Kind.REMOVED) {
            text.append(title)
                    .append(": ")
                    .append(report.count(kind))
                    .append(", ")
                    .append(size(report.bytes(kind)))
                    .append('\n');
        }
    }

    private static String size(long bytes) {
        double value = bytes;
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
