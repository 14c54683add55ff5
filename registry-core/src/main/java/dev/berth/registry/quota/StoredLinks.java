package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The links of the layout of a store. */
final class StoredLinks implements RepositoryLinks {
    private static final long SMALLEST_MEMORY = 1024 * 1024;

    private final RegistryStore contents;

    StoredLinks(ObjectStore store) {
        this.contents = new RegistryStore(
                store,
                InstantSource.system(),
                System::nanoTime,
                duration -> {
                    throw new IllegalStateException("Reading links waits for nothing");
                },
                new MemoryBudget(Math.max(SMALLEST_MEMORY, MemoryBudget.shareOfHeap(32))),
                0);
    }

    @Override
    public Iterator<RepositoryName> repositories() {
        return contents.layout().all();
    }

    @Override
    public Iterator<Item> items(RepositoryName repository) {
        Iterator<Digest> blobs = contents.layout().layers(repository);
        Iterator<Digest> manifests = contents.revisions().list(repository, OptionalLong.empty());
        return Stream.concat(stream(blobs).map(Item::blob), stream(manifests).map(Item::manifest))
                .iterator();
    }

    private static Stream<Digest> stream(Iterator<Digest> digests) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(digests, Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasManifest(RepositoryName repository) throws IOException {
        return contents.revisions().any(repository);
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        Optional<Long> size = contents.data().size(digest);
        return size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty();
    }
}
