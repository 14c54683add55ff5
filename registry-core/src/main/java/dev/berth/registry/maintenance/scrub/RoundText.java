package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rounds as lines of text, with tabs between their fields. */
final class RoundText {
    private static final String VERSION = "berth-scrub 1";
    private static final String FINDING = "finding";
    private static final String AFFECTED = "affected";

    private RoundText() {}

    static byte[] bytes(RoundRecord round) {
        ScrubReport report = round.report();
        StringBuilder text = new StringBuilder();
        line(text, VERSION);
        line(text, round.owner().process(), round.owner().collection(), round.beat());
        line(text, round.phase(), round.after());
        line(text, report.begun(), report.finished().map(Instant::toString).orElse(""));
        line(text, report.links(), report.blobs(), report.bytes(), report.problems());
        for (ScrubFinding finding : report.findings()) {
            line(
                    text,
                    FINDING,
                    finding.problem(),
                    finding.key(),
                    finding.digest().map(Digest::toString).orElse(""),
                    finding.quarantined().map(ObjectKey::toString).orElse(""),
                    finding.description());
            for (AffectedRepository affected : finding.affected()) {
                line(text, AFFECTED, affected.repository(), joined(affected.manifests()), joined(affected.tags()));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, Object... fields) {
        text.append(Stream.of(fields).map(String::valueOf).collect(Collectors.joining("\t")))
                .append('\n');
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Returns the round in a text, or empty if it cannot be read: then a new one begins. */
    static Optional<RoundRecord> parse(String text) {
        List<String[]> lines = text.lines().map(line -> line.split("\t", -1)).toList();
        if (lines.size() < 5 || !lines.get(0)[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            String[] times = lines.get(3);
            String[] counts = lines.get(4);
            ScrubReport report = new ScrubReport(
                    Instant.parse(times[0]),
                    optional(times[1], Instant::parse),
                    false,
                    Long.parseLong(counts[0]),
                    Long.parseLong(counts[1]),
                    Long.parseLong(counts[2]),
                    Long.parseLong(counts[3]),
                    findings(lines.subList(5, lines.size())));
            return Optional.of(new RoundRecord(
                    new Mark.Owner(lines.get(1)[0], lines.get(1)[1]),
                    Instant.parse(lines.get(1)[2]),
                    RoundRecord.Phase.valueOf(lines.get(2)[0]),
                    lines.get(2)[1],
                    report));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<ScrubFinding> findings(List<String[]> lines) {
        List<ScrubFinding> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i);
            if (!fields[0].equals(FINDING)) {
                continue;
            }
            List<AffectedRepository> affected = new ArrayList<>();
            while (i + 1 < lines.size() && lines.get(i + 1)[0].equals(AFFECTED)) {
                i++;
                affected.add(affected(lines.get(i)));
            }
            findings.add(new ScrubFinding(
                    ScrubProblem.valueOf(fields[1]),
                    ObjectKey.of(fields[2]),
                    optional(fields[3], Digest::parse),
                    fields[5],
                    affected,
                    optional(fields[4], ObjectKey::of)));
        }
        return findings;
    }

    private static AffectedRepository affected(String[] fields) {
        return new AffectedRepository(
                RepositoryName.parse(fields[1]), values(fields[2], Digest::parse), values(fields[3], Tag::parse));
    }

    private static <T> List<T> values(String text, Function<String, T> parse) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(parse).toList();
    }

    private static <T> Optional<T> optional(String text, Function<String, T> parse) {
        return text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text));
    }
}
