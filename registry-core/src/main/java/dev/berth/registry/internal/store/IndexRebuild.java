package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Builds the index from the layout: writes the missing entries and deletes those of what does not exist. It may run
 * while others write, be interrupted at any point, and run again. An index of version 1 serves listings meanwhile.
 */
final class IndexRebuild {
    private final LayoutScan layout;
    private final Revisions revisions;
    private final Index index;
    private final IndexState state;

    IndexRebuild(LayoutScan layout, Revisions revisions, Index index, IndexState state) {
        this.layout = layout;
        this.revisions = revisions;
        this.index = index;
        this.state = state;
    }

    /**
     * Builds the index, or resumes a build that was interrupted.
     *
     * @param progress is called with each repository that is done
     */
    void run(Consumer<RepositoryName> progress) throws IOException {
        IndexFormat before = state.read();
        // A complete index stays in use while entries are added for what registry:2 wrote meanwhile.
        boolean first = !before.collectable();
        Optional<RepositoryName> doneUpTo = first ? before.builtUpTo().map(RepositoryName::parse) : Optional.empty();
        Iterator<RepositoryName> repositories = layout.all();
        while (repositories.hasNext()) {
            RepositoryName repository = repositories.next();
            if (doneUpTo.isEmpty()) {
                rebuild(repository);
                progress.accept(repository);
                if (first) {
                    state.write(before.builtUpTo(repository.value()));
                }
            } else if (doneUpTo.get().equals(repository)) {
                doneUpTo = Optional.empty();
            }
        }
        if (doneUpTo.isPresent()) {
            // The repository at which the build was interrupted is gone, so what was done before it is not known.
            state.write(before.fromTheBeginning());
            run(progress);
            return;
        }
        dropEntriesWithoutRepository();
        state.write(IndexFormat.of(IndexFormat.State.COMPLETE));
    }

    private void rebuild(RepositoryName repository) throws IOException {
        Iterator<Digest> manifests = revisions.list(repository, OptionalLong.empty());
        while (manifests.hasNext()) {
            Digest digest = manifests.next();
            Optional<ManifestDocument> document = revisions.understood(repository, digest);
            if (document.isPresent()) {
                index.ensure(Index.entriesOf(repository, digest, document.get()));
            }
            index.addForCollection(repository, digest);
        }
        Iterator<Digest> layers = layout.layers(repository);
        while (layers.hasNext()) {
            index.addLayerFromLayout(repository, layers.next());
        }
        if (index.repairRepository(repository)) {
            Iterator<Tag> tags = layout.tags(repository);
            while (tags.hasNext()) {
                index.addFromLayout(repository, tags.next());
            }
        }
        Iterator<Tag> indexed = index.tags(repository, Optional.empty(), OptionalLong.empty());
        while (indexed.hasNext()) {
            index.repairTag(repository, indexed.next());
        }
    }

    private void dropEntriesWithoutRepository() throws IOException {
        Iterator<RepositoryName> indexed = index.repositories(Optional.empty(), OptionalLong.empty());
        while (indexed.hasNext()) {
            index.repairRepository(indexed.next());
        }
    }
}
