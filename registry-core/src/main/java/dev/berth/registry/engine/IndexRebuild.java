package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds the index from the layout: marks what is there, drops marks of what is not. May run beside writers, be
 * interrupted anywhere, and run again.
 */
final class IndexRebuild {
    private final ObjectStore store;
    private final LayoutScan layout;
    private final Revisions revisions;
    private final Index index;
    private final IndexState state;

    IndexRebuild(ObjectStore store, LayoutScan layout, Revisions revisions, Index index, IndexState state) {
        this.store = store;
        this.layout = layout;
        this.revisions = revisions;
        this.index = index;
        this.state = state;
    }

    /**
     * Builds it.
     *
     * @param progress is told of each repository that is done
     */
    void run(Consumer<RepositoryName> progress) throws IOException {
        IndexFormat before = state.read();
        // A complete index stays in use while what Docker's registry wrote meanwhile is added to it.
        boolean first = before.state() != IndexFormat.State.COMPLETE;
        Optional<RepositoryName> doneUpTo = first ? before.builtUpTo().map(RepositoryName::parse) : Optional.empty();
        Iterator<RepositoryName> repositories = layout.repositories();
        while (repositories.hasNext()) {
            RepositoryName repository = repositories.next();
            if (doneUpTo.isEmpty()) {
                rebuild(repository);
                progress.accept(repository);
                if (first) {
                    state.write(IndexFormat.building(repository.value()));
                }
            } else if (doneUpTo.get().equals(repository)) {
                doneUpTo = Optional.empty();
            }
        }
        if (doneUpTo.isPresent()) {
            // The repository at which it was interrupted is gone: nothing tells what was done before it.
            state.write(IndexFormat.of(IndexFormat.State.ABSENT));
            run(progress);
            return;
        }
        dropMarksWithoutRepository();
        state.write(IndexFormat.of(IndexFormat.State.COMPLETE));
    }

    private void rebuild(RepositoryName repository) throws IOException {
        Iterator<Digest> manifests = revisions.list(repository, OptionalLong.empty());
        while (manifests.hasNext()) {
            Digest digest = manifests.next();
            Optional<ManifestDocument> document =
                    revisions.read(repository, digest).flatMap(Revisions::understand);
            if (document.isPresent()) {
                index.ensure(Index.marksOf(repository, digest, document.get()));
            }
        }
        Iterator<Digest> layers = layout.layers(repository);
        while (layers.hasNext()) {
            index.ensure(Set.of(Keys.holderMark(layers.next(), repository)));
        }
        if (index.repairRepository(repository)) {
            Iterator<Tag> tags = layout.tags(repository);
            while (tags.hasNext()) {
                index.takeIn(repository, tags.next());
            }
        }
        Iterator<Tag> marked =
                Index.tagsBelow(store, Keys.tagMarks(repository), Optional.empty(), OptionalLong.empty());
        while (marked.hasNext()) {
            index.repairTag(repository, marked.next());
        }
    }

    private void dropMarksWithoutRepository() throws IOException {
        Iterator<RepositoryName> marked = Index.repositories(store, Optional.empty(), OptionalLong.empty());
        while (marked.hasNext()) {
            index.repairRepository(marked.next());
        }
    }
}
