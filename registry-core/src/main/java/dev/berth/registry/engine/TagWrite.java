package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sets and deletes tags, in the order of {@code docs/storage-layout.md}. */
final class TagWrite {
    /** How often a tag is set anew that others change at the same time. */
    private static final int MOST_ATTEMPTS = 20;

    private final Engine engine;
    private final RepositoryName repository;

    TagWrite(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Sets a tag to a manifest that the repository has. */
    void put(Tag tag, Digest target, TagCondition condition) throws IOException {
        PutCondition onLink = condition instanceof TagCondition.Any
                ? PutCondition.always()
                : check(tag, engine.links.read(Keys.tagLink(repository, tag)), condition);
        if (!write(tag, target, onLink)) {
            throw changed(tag);
        }
        engine.index.ensureTag(repository, tag, target);
    }

    /**
     * Sets a tag to a manifest, unless a deletion of that is in progress which has not seen the tag: then the tag is what it was
     * before. Only for a moment, it is not there. A deletion that has seen the tag comes after this.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository does not have the manifest
     */
    Descriptor putExisting(Tag tag, Digest target, TagCondition condition) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Descriptor manifest = engine.revisions
                    .find(repository, target)
                    .orElseThrow(() -> StoredManifests.unknown(repository, target));
            Optional<Links.State> before = engine.links.read(Keys.tagLink(repository, tag));
            if (write(tag, target, check(tag, before, condition))) {
                engine.index.ensureTag(repository, tag, target);
                if (engine.revisions.contains(repository, target)
                        || !takeBack(tag, target, before.flatMap(Links.State::target))) {
                    return manifest;
                }
            } else if (!(condition instanceof TagCondition.Any)) {
                throw changed(tag);
            }
        }
        throw busy(tag);
    }

    private RegistryException busy(Tag tag) {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE,
                        "Other requests change the tag " + repository + ":" + tag + " all the time; try again"))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }

    /** Sets a tag that does not exist to a manifest that the repository has, and sees that the index is right in any case. */
    void putIfUnset(Tag tag, Digest target) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.tagLink(repository, tag));
        if (link.flatMap(Links.State::target).isPresent() || write(tag, target, unchanged(link))) {
            engine.index.ensureTag(repository, tag, target);
        }
    }

    private static PutCondition unchanged(Optional<Links.State> link) {
        return link.map(found -> PutCondition.ifUnchanged(found.version())).orElseGet(PutCondition::ifAbsent);
    }

    private boolean write(Tag tag, Digest target, PutCondition onLink) throws IOException {
        boolean written;
        try {
            engine.index.add(Index.entriesOf(repository, tag, target));
            written = engine.links.write(Keys.tagLink(repository, tag), target, onLink);
        } catch (IOException e) {
            engine.index.withdraw(repository, tag, target, e);
            throw e;
        }
        if (!written) {
            engine.index.repairTag(repository, tag);
        }
        return written;
    }

    /**
     * Lets a tag name again what it did before, if it still names a manifest that was deleted. That manifest may have been pushed
     * again with the tag, which is not different: so the caller looks for it once more.
     *
     * @return whether it has named it until then
     */
    private boolean takeBack(Tag tag, Digest deleted, Optional<Digest> before) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<Links.State> link = engine.links
                    .read(Keys.tagLink(repository, tag))
                    .filter(found -> found.target().equals(Optional.of(deleted)));
            if (link.isEmpty()) {
                return false;
            }
            boolean changed = before.isEmpty()
                    ? deleteIfUnchanged(tag, deleted, link.get())
                    : write(
                            tag,
                            before.get(),
                            PutCondition.ifUnchanged(link.get().version()));
            if (changed) {
                engine.index.repairTag(repository, tag);
                engine.index.repairTagged(repository, deleted, tag);
                return true;
            }
        }
        throw busy(tag);
    }

    /** Checks a condition on the tag, and returns one on its link that holds for as long as the former does. */
    private PutCondition check(Tag tag, Optional<Links.State> link, TagCondition condition) throws IOException {
        if (!(condition instanceof TagCondition.Any)) {
            Optional<Digest> current = link.flatMap(Links.State::target);
            if (current.isPresent() && !engine.revisions.contains(repository, current.get())) {
                current = Optional.empty();
            }
            require(tag, current, condition);
        }
        return unchanged(link);
    }

    private void require(Tag tag, Optional<Digest> current, TagCondition condition) {
        if (condition instanceof TagCondition.Absent && current.isPresent()) {
            throw refused(tag, "it exists, and names " + current.get());
        }
        if (condition instanceof TagCondition.Currently currently && !current.equals(Optional.of(currently.digest()))) {
            throw refused(
                    tag,
                    current.map(digest -> "it names " + digest).orElse("it does not exist") + ", not "
                            + currently.digest());
        }
    }

    private RegistryException changed(Tag tag) {
        return refused(tag, "another request changed it at the same time");
    }

    private RegistryException refused(Tag tag, String why) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.PRECONDITION_FAILED,
                        "The tag " + repository + ":" + tag + " was left as it is: " + why,
                        Map.of("name", repository.value(), "tag", tag.value())))
                .build();
    }

    /**
     * Deletes a tag, and returns whether it existed. On a condition, a tag that is set while this runs is refused: the
     * deletion would have to come first, and the condition may not hold then.
     */
    boolean delete(Tag tag, TagCondition condition) throws IOException {
        Optional<Links.State> link = engine.links.read(Keys.tagLink(repository, tag));
        Optional<Digest> target = link.flatMap(Links.State::target);
        if (link.isEmpty() || target.isEmpty()) {
            engine.index.repairTag(repository, tag);
            return false;
        }
        boolean visible = engine.revisions.contains(repository, target.get());
        if (visible) {
            require(tag, target, condition);
        }
        engine.trash.tag(repository, tag, target.get());
        boolean deleted = deleteIfUnchanged(tag, target.get(), link.get());
        if (!deleted && !(condition instanceof TagCondition.Any)) {
            throw changed(tag);
        }
        return visible;
    }

    /**
     * Deletes a tag if its link has not changed since it was read. If another process has set the tag meanwhile, that
     * happened after this deletion, and stays.
     *
     * @return whether the link had not changed
     */
    boolean deleteIfUnchanged(Tag tag, Digest target, Links.State link) throws IOException {
        engine.journal.append(repository, tag);
        boolean deleted = engine.links.deleteIfUnchanged(Keys.tagLink(repository, tag), link.version());
        if (deleted) {
            engine.store.deleteTree(Keys.tagHistory(repository, tag));
            engine.index.removeJournaledTag(repository, tag, target);
        }
        return deleted;
    }
}
