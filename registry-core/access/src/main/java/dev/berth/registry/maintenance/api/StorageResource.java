package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.quota.Quotas;
import dev.berth.registry.quota.RepositoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What repositories use, the largest first: as quotas count it, from tables of which there is the same number whatever the
 * registry holds. They are read again after some seconds.
 */
final class StorageResource {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Comparator<RepositoryUsage> LARGEST_FIRST = Comparator.comparingLong(RepositoryUsage::bytes)
            .reversed()
            .thenComparing(usage -> usage.repository().value());

    private final HostedRegistry hosted;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Use known = new Use(Instant.MIN, false, List.of());

    StorageResource(HostedRegistry hosted, InstantSource clock) {
        this.hosted = hosted;
        this.clock = clock;
    }

    /** What was read at a time. */
    private record Use(Instant read, boolean complete, List<RepositoryUsage> repositories) {}

    List<Route> routes() {
        return List.of(Route.get("storage", this::list, "limit"));
    }

    private Answer list(Call call) {
        call.requireAdministrator();
        int limit = call.limit("limit", PAGE, LARGEST_PAGE);
        ObjectNode content = Answer.object();
        Optional<Quotas> quotas = hosted.quotas().filter(Quotas::countingAll);
        content.put("on", quotas.isPresent());
        quotas.ifPresent(counting -> describe(use(counting), limit, content));
        // What several repositories have is there once. Only a scrub looks at each piece of data.
        hosted.maintenance()
                .lastScrub()
                .filter(report -> report.finished().isPresent())
                .ifPresent(report -> content.putObject("stored")
                        .put("bytes", report.bytes())
                        .put("blobs", report.blobs())
                        .put("counted", report.finished().orElseThrow().toString()));
        return Answer.of(content);
    }

    private static void describe(Use use, int limit, ObjectNode content) {
        content.put("complete", use.complete());
        content.put("read", use.read().toString());
        content.putObject("total")
                .put("repositories", use.repositories().size())
                .put(
                        "bytes",
                        use.repositories().stream()
                                .mapToLong(RepositoryUsage::bytes)
                                .sum());
        ArrayNode repositories = content.putArray("repositories");
        use.repositories().stream()
                .limit(limit)
                .forEach(usage -> repositories
                        .addObject()
                        .put("repository", usage.repository().value())
                        .put("bytes", usage.bytes()));
    }

    private Use use(Quotas quotas) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (known.read().isBefore(now.minus(KEPT)) || known.read().isAfter(now)) {
                known = new Use(
                        now,
                        quotas.counted(),
                        quotas.repositories()
                                .filter(usage -> usage.bytes() > 0)
                                .sorted(LARGEST_FIRST)
                                .toList());
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
