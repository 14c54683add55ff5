package dev.berth.registry.pulls;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was merged, an object for each repository. It changes by conditional puts. */
final class Ledger {
    private static final KeyPrefix PREFIX = KeyPrefix.of(Keys.PULLS + "repositories/");

    /** Stands before the name of a batch that is in an object. */
    private static final String MERGED = "b ";

    private final ObjectStore store;
    private final int mostPerRepository;
    private final InstantSource clock;

    Ledger(ObjectStore store, int mostPerRepository, InstantSource clock) {
        this.store = store;
        this.mostPerRepository = mostPerRepository;
        this.clock = clock;
    }

    /**
     * The entries of a repository.
     *
     * @param summary the sums of all that was pulled
     * @param merged the batches that are in them, those at least that may still exist
     * @param version the version of the object, or empty if there is none
     */
    record Page(Map<Pulled, Pulls> pulls, Summary summary, Set<String> merged, Optional<ObjectVersion> version) {}

    Page read(RepositoryName repository) throws IOException {
        Map<Pulled, Pulls> pulls = new HashMap<>();
        Set<String> merged = new LinkedHashSet<>();
        Optional<ObjectContent> found = store.open(key(repository), 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return new Page(pulls, Summary.NONE, merged, Optional.empty());
        }
        SummaryText summary = new SummaryText();
        try (ObjectContent content = found.get()) {
            new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> {
                        if (line.startsWith(MERGED)) {
                            merged.add(line.substring(MERGED.length()));
                        } else if (!summary.read(line)) {
                            PullText.read(line, pulls);
                        }
                    });
            return new Page(
                    pulls,
                    summary.summary(pulls),
                    merged,
                    Optional.of(content.stat().version()));
        }
    }

    /** Writes entries if nobody has changed them since they were read, and returns whether. */
    boolean write(RepositoryName repository, Page page) throws IOException {
        if (page.pulls().isEmpty() && page.merged().isEmpty()) {
            return page.version().isEmpty()
                    || store.deleteIfUnchanged(key(repository), page.version().get());
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        SummaryText.append(text, page.summary().bounded(today, tags(page.pulls().keySet())));
        page.merged().forEach(name -> text.append(MERGED).append(name).append('\n'));
        append(text, page, false);
        append(text, page, true);
        PutCondition unchanged = page.version().map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent);
        return store.put(key(repository), text.toString().getBytes(StandardCharsets.UTF_8), unchanged)
                .isPresent();
    }

    static Set<Tag> tags(Set<Pulled> pulled) {
        Set<Tag> tags = new HashSet<>();
        pulled.forEach(one -> {
            if (one.what() instanceof Tag tag) {
                tags.add(tag);
            }
        });
        return tags;
    }

    private void append(StringBuilder text, Page page, boolean tags) {
        page.pulls().entrySet().stream()
                .filter(entry -> entry.getKey().what() instanceof Tag == tags)
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing(Pulls::last).reversed()))
                .limit(mostPerRepository)
                .forEach(entry -> PullText.append(text, entry.getKey(), entry.getValue()));
    }

    /** Returns the first repository after this one that has entries, or empty if there is none. */
    Optional<RepositoryName> next(Optional<RepositoryName> after) throws IOException {
        return after(after, 1).stream().findFirst();
    }

    /** Returns repositories that have entries, after this one: some at a time. */
    List<RepositoryName> after(Optional<RepositoryName> last, int most) throws IOException {
        ListRequest request = ListRequest.tree(PREFIX).limit(most);
        ListPage page =
                store.list(last.map(name -> request.after(key(name).value())).orElse(request));
        return page.names().stream()
                .flatMap(name -> KeyReader.repositoryOfSegment(name).stream())
                .toList();
    }

    private static ObjectKey key(RepositoryName repository) {
        return Keys.pulls(repository);
    }
}
