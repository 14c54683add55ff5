package dev.berth.registry.engine;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import com.google.common.collect.Streams;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.ReferrerIndex;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests whose subject is a given one. Their descriptors come from the index; that each manifest exists is checked
 * against its link and data. A manifest is read only if its entry has no descriptor yet.
 */
final class Referrers {
    private static final Logger LOG = LoggerFactory.getLogger(Referrers.class);

    private final Engine engine;
    private final RepositoryName repository;
    private final Digest subject;

    Referrers(Engine engine, RepositoryName repository, Digest subject) {
        this.engine = engine;
        this.repository = repository;
        this.subject = subject;
    }

    /** Returns the descriptor of a referrer as listings show it. */
    static Descriptor descriptor(Manifest manifest, ManifestDocument document) {
        Descriptor plain = manifest.descriptor().withAnnotations(document.annotations());
        return document.artifactType().map(plain::withArtifactType).orElse(plain);
    }

    Iterator<Descriptor> open(Optional<Digest> after, ReferrerFilter filter) throws IOException {
        Iterator<Optional<Descriptor>> found;
        if (engine.indexState.complete()) {
            found = each(
                    new Groups(engine.referrers.entries(repository, subject, after)),
                    entries -> entries.get(0).digest(),
                    entries -> describe(entries, filter));
        } else {
            Iterator<Digest> manifests = Streams.stream(engine.revisions.list(repository, OptionalLong.empty()))
                    .filter(digest -> after.isEmpty() || digest.compareTo(after.get()) > 0)
                    .iterator();
            found = each(manifests, digest -> digest, this::describe);
        }
        Iterator<Descriptor> referrers =
                Iterators.transform(Iterators.filter(found, Optional::isPresent), Optional::orElseThrow);
        return Iterators.filter(referrers, filter::accepts);
    }

    /** Describes something. */
    private interface Description<T> {
        Optional<Descriptor> of(T what) throws IOException;
    }

    private <T> Iterator<Optional<Descriptor>> each(
            Iterator<T> all, Function<T, Digest> name, Description<T> description) {
        return Iterators.transform(
                all, one -> StoreCalls.call("read " + repository + "@" + name.apply(one), () -> description.of(one)));
    }

    /** The entries of one digest at a time. There is one, but for those that an older version or another push has left. */
    private record Groups(PeekingIterator<ReferrerIndex.Entry> entries) implements Iterator<List<ReferrerIndex.Entry>> {
        Groups(Iterator<ReferrerIndex.Entry> entries) {
            this(Iterators.peekingIterator(entries));
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public List<ReferrerIndex.Entry> next() {
            List<ReferrerIndex.Entry> group = new ArrayList<>();
            group.add(entries.next());
            Digest digest = group.get(0).digest();
            while (entries.hasNext() && entries.peek().digest().equals(digest)) {
                group.add(entries.next());
            }
            return group;
        }
    }

    private Optional<Descriptor> describe(List<ReferrerIndex.Entry> entries, ReferrerFilter filter) throws IOException {
        Digest digest = entries.get(0).digest();
        List<ReferrerIndex.Entry> typed =
                entries.stream().filter(entry -> !entry.untyped()).toList();
        if (!typed.isEmpty() && filter.artifactType().isPresent()) {
            ObjectKey wanted = Keys.referrerEntry(repository, subject, digest, filter.artifactType());
            if (typed.stream().noneMatch(entry -> entry.key().equals(wanted))) {
                return Optional.empty();
            }
        }
        if (typed.size() == 1) {
            return describe(typed.get(0));
        }
        Optional<Descriptor> read = describe(digest);
        if (typed.isEmpty() && read.isPresent()) {
            keep(() -> engine.referrers.writeIfAbsent(repository, subject, read.get()));
        }
        return read;
    }

    private Optional<Descriptor> describe(ReferrerIndex.Entry entry) throws IOException {
        Optional<ReferrerIndex.Content> content = engine.referrers.read(entry);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Optional<Descriptor> kept = content.get().descriptor();
        if (kept.isPresent()) {
            return exists(kept.get()) ? kept : Optional.empty();
        }
        Optional<Descriptor> read = describe(entry.digest());
        if (read.isPresent()
                && ReferrerIndex.key(repository, subject, read.get()).equals(entry.key())) {
            keep(() -> engine.referrers.complete(entry, content.get().version(), read.get()));
        }
        return read;
    }

    private boolean exists(Descriptor referrer) throws IOException {
        Digest digest = referrer.digest();
        return engine.linked
                .read(Keys.revisionLink(repository, digest), digest, engine.data::size, size -> {})
                .map(LinkedRead.Found::value)
                .filter(size -> size == referrer.size())
                .isPresent();
    }

    /** Reads a manifest. */
    private Optional<Descriptor> describe(Digest digest) throws IOException {
        Optional<Manifest> manifest = engine.revisions.read(repository, digest);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        try (MemoryLease lease = engine.revisions.parsing(manifest.get())) {
            return describe(manifest.get());
        }
    }

    private Optional<Descriptor> describe(Manifest manifest) {
        Optional<ManifestDocument> document = Revisions.understand(manifest)
                .filter(understood ->
                        understood.subject().map(Descriptor::digest).equals(Optional.of(subject)));
        return document.map(understood -> descriptor(manifest, understood));
    }

    /** Keeps a descriptor for the next listing. This one does without it. */
    private void keep(StoreCalls.Action writing) {
        try {
            writing.run();
        } catch (IOException e) {
            LOG.debug("A referrer of {}@{} is read again by the next listing", repository, subject, e);
        }
    }
}
