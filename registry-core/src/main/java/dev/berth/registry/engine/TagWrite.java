package dev.berth.registry.engine;

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
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets and deletes tags, in the order of {@code docs/storage-layout.md}. */
final class TagWrite {
    private final Engine engine;
    private final RepositoryName repository;

    TagWrite(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Sets a tag to a manifest that the repository has. */
    void put(Tag tag, Digest target, TagCondition condition) throws IOException {
        PutCondition onLink = check(tag, condition);
        Set<ObjectKey> entries = Index.entriesOf(repository, tag, target);
        boolean written;
        try {
            engine.index.add(entries);
            written = engine.links.write(Keys.tagLink(repository, tag), target, onLink);
        } catch (IOException e) {
            engine.index.withdraw(repository, tag, e);
            throw e;
        }
        if (!written) {
            engine.index.repairTag(repository, tag);
            throw refused(tag, "another request changed it at the same time");
        }
        engine.index.ensureTag(repository, tag, target);
    }

    /** Checks a condition on the tag, and returns one on its link that holds for as long as the former does. */
    private PutCondition check(Tag tag, TagCondition condition) throws IOException {
        if (condition instanceof TagCondition.Any) {
            return PutCondition.always();
        }
        Optional<Links.State> link = engine.links.read(Keys.tagLink(repository, tag));
        Optional<Digest> current = link.flatMap(Links.State::target);
        if (current.isPresent() && !engine.revisions.contains(repository, current.get())) {
            current = Optional.empty();
        }
        require(tag, current, condition);
        return link.map(found -> PutCondition.ifUnchanged(found.version())).orElseGet(PutCondition::ifAbsent);
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
            throw refused(tag, "another request changed it at the same time");
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
