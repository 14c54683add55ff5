package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The manifests whose subject is a given one. Each is read, so that only manifests that exist are listed. */
final class Referrers {
    private final Engine engine;
    private final RepositoryName repository;
    private final Digest subject;

    Referrers(Engine engine, RepositoryName repository, Digest subject) {
        this.engine = engine;
        this.repository = repository;
        this.subject = subject;
    }

    Iterator<Descriptor> open(Optional<Digest> after, ReferrerFilter filter) throws IOException {
        return candidates(after)
                .flatMap(
                        digest -> StoreCalls.call("read " + repository + "@" + digest, () -> describe(digest)).stream())
                .filter(filter::accepts)
                .iterator();
    }

    private Stream<Digest> candidates(Optional<Digest> after) throws IOException {
        if (engine.indexState.complete()) {
            return stream(engine.index.referrers(repository, subject, after));
        }
        return stream(engine.revisions.list(repository, OptionalLong.empty()))
                .filter(digest -> after.isEmpty() || digest.compareTo(after.get()) > 0);
    }

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
        if (document.isEmpty()) {
            return Optional.empty();
        }
        Descriptor plain = manifest.descriptor().withAnnotations(document.get().annotations());
        return Optional.of(
                document.get().artifactType().map(plain::withArtifactType).orElse(plain));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }
}
