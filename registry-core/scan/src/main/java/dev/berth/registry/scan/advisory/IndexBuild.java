package dev.berth.registry.scan.advisory;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.scan.internal.index.IndexWriter;
import dev.berth.registry.scan.internal.osv.Advisory;
import dev.berth.registry.scan.internal.osv.AdvisoryReader;
import dev.berth.registry.scan.internal.osv.Affected;
import dev.berth.registry.scan.internal.osv.SourceVisitor;
import dev.berth.registry.scan.version.VersionOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts documents into an index, and counts them. For one build. */
final class IndexBuild implements SourceVisitor {
    private static final int MOST_REASONS = 50;
    private static final int MOST_RELEASES = 2_000;
    private static final int LONGEST_REASON = 400;
    /** No clock is that wrong. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final IndexWriter writer;
    private final Instant now;
    private final Map<String, Long> advisories = new HashMap<>();
    private final TreeSet<String> releases = new TreeSet<>();
    private final List<String> reasons = new ArrayList<>();
    private Optional<Instant> newest = Optional.empty();
    private long withdrawn;
    private long ignored;
    private long rejected;

    IndexBuild(IndexWriter writer, Instant now) {
        this.writer = writer;
        this.now = now;
    }

    @Override
    public void document(String where, InputStream content) throws IOException {
        Advisory advisory;
        try {
            advisory = AdvisoryReader.read(content);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (JsonProcessingException e) {
            unread(where, "it is not JSON, or exceeds a limit: " + e.getOriginalMessage());
            return;
        } catch (IOException e) {
            unread(where, String.valueOf(e.getMessage()));
            return;
        }
        int left = writer.add(advisory);
        if (left > 0) {
            unread(where, "there was no room for " + left + " of its packages");
        }
        count(advisory);
    }

    private void count(Advisory advisory) {
        Set<String> ecosystems = new HashSet<>();
        for (Affected affected : advisory.affected()) {
            String ecosystem = affected.ecosystem();
            if (VersionOrder.of(ecosystem).isPresent()) {
                int release = ecosystem.indexOf(':');
                ecosystems.add(release < 0 ? ecosystem : ecosystem.substring(0, release));
                if (releases.size() < MOST_RELEASES) {
                    releases.add(Releases.of(ecosystem));
                }
            }
        }
        if (ecosystems.isEmpty()) {
            ignored++;
            return;
        }
        ecosystems.forEach(ecosystem -> advisories.merge(ecosystem, 1L, Long::sum));
        withdrawn += advisory.withdrawn() ? 1 : 0;
        advisory.modified()
                .filter(modified -> modified.isBefore(now.plus(AHEAD)))
                .filter(modified -> newest.isEmpty() || modified.isAfter(newest.get()))
                .ifPresent(modified -> newest = Optional.of(modified));
    }

    @Override
    public void unread(String where, String why) {
        rejected++;
        if (reasons.size() < MOST_REASONS) {
            // The end of a path says more than its beginning.
            String place = where.length() <= LONGEST_REASON / 2
                    ? where
                    : "…" + where.substring(where.length() - LONGEST_REASON / 2);
            reasons.add(JsonObject.printable(place + ": " + why, LONGEST_REASON));
        }
    }

    AdvisoryFacts facts() {
        return new AdvisoryFacts(now, newest, advisories, releases, withdrawn, ignored, rejected, reasons);
    }
}
