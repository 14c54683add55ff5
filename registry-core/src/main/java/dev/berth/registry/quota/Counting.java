package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Counts all repositories that quotas limit. Thread-safe. */
final class Counting {
    private static final String PATTERN = "pattern ";

    private final QuotaStore store;
    private final RepositoryLinks links;
    private final List<Allowance> allowances;
    private volatile boolean complete;

    Counting(QuotaStore store, RepositoryLinks links, List<Allowance> allowances) {
        this.store = store;
        this.links = links;
        this.allowances = allowances;
    }

    /** Counts a repository. */
    interface Recount {
        Settlement.Correction run(RepositoryName repository) throws IOException;
    }

    /** Returns whether everything was counted since there have been these patterns. */
    boolean complete() throws IOException {
        if (!complete) {
            complete = store.read(QuotaKeys.COUNTED).lines().containsAll(patterns());
        }
        return complete;
    }

    private Set<String> patterns() {
        Set<String> patterns = new TreeSet<>();
        allowances.forEach(allowance -> patterns.add(PATTERN + allowance.limit().repositories()));
        return patterns;
    }

    RecountReport run(Recount recount) throws IOException {
        long count = 0;
        long corrected = 0;
        long bytes = 0;
        @Nullable RepositoryName last = null;
        for (Iterator<RepositoryName> all = everything(); all.hasNext(); ) {
            RepositoryName repository = all.next();
            if (repository.equals(last)) {
                continue;
            }
            last = repository;
            Settlement.Correction correction = recount.run(repository);
            count++;
            corrected += correction.changed() ? 1 : 0;
            bytes += correction.bytes();
        }
        for (Allowance allowance : allowances) {
            allowance.refresh();
        }
        QuotaStore.Saved saved = store.read(QuotaKeys.COUNTED);
        if (!saved.lines().equals(List.copyOf(patterns()))) {
            // Whoever has written something else meanwhile has other patterns, and counts them.
            boolean unused = store.replace(QuotaKeys.COUNTED, saved.version(), String.join("\n", patterns()) + "\n")
                    .isPresent();
        }
        complete = true;
        return new RecountReport(count, corrected, bytes);
    }

    /** Iterates over what has links, and over what was counted and has none any more. */
    private Iterator<RepositoryName> everything() {
        Iterable<RepositoryName> linked = links::repositories;
        Stream<RepositoryName> present =
                StreamSupport.stream(linked.spliterator(), false).filter(this::covers);
        Stream<RepositoryName> gone = usages().filter(usage -> usage.bytes() > 0 || usage.exists())
                .map(RepositoryUsage::repository)
                .filter(repository -> !links.items(repository).hasNext());
        return Stream.concat(present, gone).iterator();
    }

    private boolean covers(RepositoryName repository) {
        return allowances.stream().anyMatch(allowance -> allowance.covers(repository));
    }

    Stream<RepositoryUsage> usages() {
        return IntStream.range(0, QuotaKeys.TABLES)
                .boxed()
                .flatMap(table -> rows(table))
                .filter(usage -> covers(usage.repository()));
    }

    private Stream<RepositoryUsage> rows(int number) {
        UseTable table = StoreCalls.call(
                "read the use of its repositories",
                () -> UseTable.parse(store.read(QuotaKeys.table(number)).lines()));
        return table.rows().entrySet().stream()
                .map(row -> new RepositoryUsage(
                        row.getKey(), row.getValue().bytes(), row.getValue().exists()));
    }
}
