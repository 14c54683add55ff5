package dev.berth.registry.console.catalog;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Brings the record of a repository up to date. Any number of nodes may do so at the same time. */
final class RecordUpdate {
    private static final int ATTEMPTS = 8;

    private final Registry registry;
    private final BiFunction<RepositoryName, Digest, Optional<Instant>> pushed;
    private final RecordStore records;

    RecordUpdate(Registry registry, BiFunction<RepositoryName, Digest, Optional<Instant>> pushed, RecordStore records) {
        this.registry = registry;
        this.pushed = pushed;
        this.records = records;
    }

    /**
     * Looks at what has changed.
     *
     * @return the record as it is stored then
     * @throws RegistryException if the registry or the store fails, or too many others change the record
     */
    RepositoryRecord run(ChangedTags.Change change) {
        return StoreCalls.call(
                "bring the console's list of " + change.repository() + " up to date", () -> update(change));
    }

    private RepositoryRecord update(ChangedTags.Change change) throws IOException {
        Map<Digest, ImageSummary> read = new HashMap<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            RecordStore.Stored stored = records.read(change.repository());
            RepositoryRecord current = stored.repository();
            // Each attempt looks again: what another node has written meanwhile may be older than what it looked at.
            Map<Tag, Optional<Digest>> looked = look(change, stored);
            List<ImageSummary> images = images(change.repository(), current, looked, read);
            Set<Digest> gone = missing(looked, current, images);
            looked.replaceAll((tag, digest) -> digest.filter(manifest -> !gone.contains(manifest)));
            RepositoryRecord updated = current.with(looked, images);
            if (stored.known() && updated.equals(current) || records.write(updated, stored.version())) {
                return updated;
            }
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Others change the list of " + change.repository() + " at the same time; try again");
    }

    private Map<Tag, Optional<Digest>> look(ChangedTags.Change change, RecordStore.Stored stored) {
        Repository repository = registry.repository(change.repository());
        Set<Tag> tags = new HashSet<>();
        boolean all = change.tags().isEmpty() || !stored.known();
        if (all) {
            tags.addAll(stored.repository().tags().keySet());
            tags.addAll(namesOf(repository));
        } else {
            tags.addAll(change.tags().get());
        }
        Map<Tag, Optional<Digest>> looked = new HashMap<>();
        for (Tag tag : tags) {
            looked.put(tag, repository.tags().resolve(tag).map(Descriptor::digest));
        }
        return looked;
    }

    private static Collection<Tag> namesOf(Repository repository) {
        try {
            return repository.tags().list().toList();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return List.of();
            }
            throw e;
        }
    }

    /** Reads the images that the record does not know. What was read in another attempt is not read again. */
    private List<ImageSummary> images(
            RepositoryName name,
            RepositoryRecord current,
            Map<Tag, Optional<Digest>> looked,
            Map<Digest, ImageSummary> read) {
        ImageReader reader = new ImageReader(registry.repository(name), digest -> pushed.apply(name, digest));
        Set<Digest> wanted = new HashSet<>();
        looked.values().forEach(digest -> digest.ifPresent(wanted::add));
        List<ImageSummary> images = new ArrayList<>();
        for (Digest digest : wanted) {
            ImageSummary known = current.images().get(digest);
            // One that was broken may have been pushed again.
            if (known != null && known.kind() != ImageKind.BROKEN) {
                continue;
            }
            ImageSummary summary = read.get(digest);
            if (summary == null) {
                Optional<ImageSummary> found = reader.read(digest);
                if (found.isEmpty()) {
                    continue;
                }
                summary = found.get();
                read.put(digest, summary);
            }
            images.add(summary);
        }
        return images;
    }

    /** Returns the manifests that a tag has named, and that were deleted right after. */
    private static Set<Digest> missing(
            Map<Tag, Optional<Digest>> looked, RepositoryRecord current, List<ImageSummary> images) {
        Set<Digest> missing = new HashSet<>();
        looked.values().forEach(digest -> digest.ifPresent(missing::add));
        missing.removeAll(current.images().keySet());
        images.forEach(image -> missing.remove(image.digest()));
        return missing;
    }
}
