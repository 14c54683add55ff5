package dev.berth.registry.scan.service;

import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Since when what is known against an image is known: when a scan first had it. Immutable.
 *
 * @param times the seconds since the epoch, by the id of a finding as {@link FoundNames#normalize} returns it
 */
record FirstFound(Map<String, Long> times) {

    FirstFound {
        times = Map.copyOf(times);
    }

    static FirstFound nothing() {
        return new FirstFound(Map.of());
    }

    /** Returns what is known after another scan. What that has not found any more is forgotten. */
    FirstFound after(ScanReport report, Instant now) {
        Map<String, Long> later = new TreeMap<>();
        for (Finding finding : report.findings()) {
            String name = FoundNames.normalize(finding.id());
            if (name.indexOf('\n') < 0) {
                later.merge(name, of(finding).orElse(now).getEpochSecond(), Math::min);
            }
        }
        return new FirstFound(later);
    }

    /** Returns since when a finding is known, under whatever name it was known first; empty if it is new. */
    Optional<Instant> of(Finding finding) {
        Optional<Instant> named = time(finding.id());
        return finding.aliases().stream()
                .flatMap(alias -> time(alias).stream())
                .min(Comparator.naturalOrder())
                .filter(alias -> named.isEmpty() || alias.isBefore(named.get()))
                .or(() -> named);
    }

    private Optional<Instant> time(String name) {
        Long seconds = times.get(FoundNames.normalize(name));
        return seconds == null ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(times)
                .forEach((name, seconds) ->
                        text.append(seconds).append(' ').append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what was written. A line that is damaged counts as none. */
    static FirstFound parse(byte[] content) {
        Map<String, Long> times = new TreeMap<>();
        new String(content, StandardCharsets.UTF_8).lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0 && line.substring(0, space).matches("[0-9]{1,11}")) {
                times.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
            }
        });
        return new FirstFound(times);
    }
}
