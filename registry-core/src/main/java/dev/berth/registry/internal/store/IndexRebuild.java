package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the index from the layout: writes the missing entries and deletes those of what does not exist. It may run
 * while others write, be interrupted at any point, and run again. An index of version 1 serves listings meanwhile.
 */
final class IndexRebuild {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRebuild.class);

    private final LayoutScan layout;
    private final Revisions revisions;
    private final Index index;
    private final CollectionEntries entries;
    private final IndexState state;

    IndexRebuild(
            LayoutScan layout, Revisions revisions, Index index, CollectionEntries entries, IndexState state) {
        this.layout = layout;
        this.revisions = revisions;
        this.index = index;
        this.entries = entries;
        this.state = state;
    }

    /**
     * Builds the index, or resumes a build that was interrupted.
     *
     * @param progress is called with each repository that is done
     * @return whether all repositories were looked at, and none was passed over since an earlier build had done it
     */
    boolean run(Consumer<RepositoryName> progress) throws IOException {
        IndexFormat before = state.read();
        // A complete index stays in use while entries are added for what registry:2 wrote meanwhile.
        boolean first = !before.collectable();
        Optional<RepositoryName> doneUpTo = first ? before.builtUpTo().map(RepositoryName::parse) : Optional.empty();
        boolean all = doneUpTo.isEmpty();
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
            return run(progress);
        }
        dropEntriesWithoutRepository();
        addRestorable();
        if (first) {
            state.write(IndexFormat.of(IndexFormat.State.COMPLETE));
        }
        return all;
    }

    /** What was deleted and can be restored is needed as well. */
    private void addRestorable() throws IOException {
        for (Iterator<CollectionIndex.Holding> all = layout.restorable(); all.hasNext(); ) {
            CollectionIndex.Holding manifest = all.next();
            each(
                    manifest.repository() + "@" + manifest.digest(),
                    () -> entries.writeManifest(manifest.repository(), manifest.digest()),
                    () -> index.add(Set.of(Keys.brokenEntry(manifest.repository(), manifest.digest()))));
        }
    }

    private void rebuild(RepositoryName repository) throws IOException {
        Iterator<Digest> manifests = revisions.list(repository, OptionalLong.empty());
        while (manifests.hasNext()) {
            Digest digest = manifests.next();
            each(
                    repository + "@" + digest,
                    () -> rebuildManifest(repository, digest),
                    () -> index.add(Set.of(Keys.brokenEntry(repository, digest))));
        }
        Iterator<Digest> layers = layout.layers(repository);
        while (layers.hasNext()) {
            Digest digest = layers.next();
            each(
                    repository + "@" + digest,
                    () -> entries.writeLayer(repository, digest),
                    () -> index.add(Set.of(Keys.holderEntry(digest, repository))));
        }
        each(repository.value(), () -> rebuildTags(repository), () -> {});
        Iterator<Tag> indexed = index.tags(repository, Optional.empty(), OptionalLong.empty());
        while (indexed.hasNext()) {
            Tag tag = indexed.next();
            each(repository + ":" + tag, () -> index.repairTag(repository, tag), () -> {});
        }
    }

    private void rebuildTags(RepositoryName repository) throws IOException {
        if (index.repairRepository(repository)) {
            Iterator<Tag> tags = layout.tags(repository);
            while (tags.hasNext()) {
                Tag tag = tags.next();
                each(repository + ":" + tag, () -> index.addFromLayout(repository, tag), () -> {});
            }
        }
    }

    private void rebuildManifest(RepositoryName repository, Digest digest) throws IOException {
        Optional<ManifestDocument> document = revisions.understood(repository, digest);
        if (document.isPresent()) {
            index.ensure(Index.entriesOf(repository, digest, document.get()));
        }
        entries.writeManifest(repository, digest);
    }

    /** One object that cannot be read must not keep the others out of the index. */
    private static void each(String what, StoreCalls.Action rebuild, StoreCalls.Action otherwise) throws IOException {
        try {
            rebuild.run();
        } catch (StorageBusyException | StorageFullException | InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (RegistryException e) {
            if (e.getCause() instanceof IOException) {
                throw e;
            }
            // Such as a manifest that is too large for the memory.
            LOG.warn("{} cannot be read, and is passed over: {}", what, e.getMessage());
            otherwise.run();
        } catch (IOException e) {
            LOG.warn("{} cannot be read, and is passed over: {}", what, e.getMessage());
            otherwise.run();
        }
    }

    private void dropEntriesWithoutRepository() throws IOException {
        Iterator<RepositoryName> indexed = index.repositories(Optional.empty(), OptionalLong.empty());
        while (indexed.hasNext()) {
            RepositoryName repository = indexed.next();
            each(repository.value(), () -> index.repairRepository(repository), () -> {});
        }
    }
}
