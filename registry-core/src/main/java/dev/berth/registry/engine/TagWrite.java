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
import dev.berth.registry.internal.store.Link;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Points tags and takes them away, and keeps their marks as {@code docs/storage-layout.md} says. */
final class TagWrite {
    private final Engine engine;
    private final RepositoryName repository;

    TagWrite(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Points a tag at a manifest that the repository has. */
    void put(Tag tag, Digest target, TagCondition condition) throws IOException {
        PutCondition onLink = check(tag, condition);
        Set<ObjectKey> marks = Index.marksOf(repository, tag, target);
        boolean written;
        try {
            engine.index.mark(marks);
            written = engine.links.write(Keys.tagLink(repository, tag), target, onLink);
        } catch (IOException e) {
            engine.index.withdraw(repository, tag, e);
            throw e;
        }
        if (!written) {
            engine.index.repairTag(repository, tag);
            throw refused(tag, "it was changed by somebody else at the same time");
        }
        engine.index.ensureTag(repository, tag, target);
    }

    /** Turns a condition on the tag into one on its link, which then holds exactly as long as the one on the tag. */
    private PutCondition check(Tag tag, TagCondition condition) throws IOException {
        if (condition instanceof TagCondition.Any) {
            return PutCondition.always();
        }
        Optional<Link> link = engine.links.read(Keys.tagLink(repository, tag));
        Optional<Digest> current = link.flatMap(Link::target);
        if (current.isPresent() && !engine.revisions.contains(repository, current.get())) {
            current = Optional.empty();
        }
        if (condition instanceof TagCondition.Absent && current.isPresent()) {
            throw refused(tag, "it exists, and names " + current.get());
        }
        if (condition instanceof TagCondition.Currently currently && !current.equals(Optional.of(currently.digest()))) {
            throw refused(
                    tag,
                    current.map(digest -> "it names " + digest).orElse("it does not exist") + ", not "
                            + currently.digest());
        }
        return link.map(found -> PutCondition.ifUnchanged(found.version())).orElseGet(PutCondition::ifAbsent);
    }

    private RegistryException refused(Tag tag, String why) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.PRECONDITION_FAILED,
                        "The tag " + repository + ":" + tag + " was left as it is: " + why,
                        Map.of("name", repository.value(), "tag", tag.value())))
                .build();
    }

    /** Takes a tag away, and returns whether there was one. */
    boolean delete(Tag tag) throws IOException {
        Optional<Link> link = engine.links.read(Keys.tagLink(repository, tag));
        Optional<Digest> target = link.flatMap(Link::target);
        if (link.isEmpty() || target.isEmpty()) {
            engine.index.repairTag(repository, tag);
            return false;
        }
        boolean visible = engine.revisions.contains(repository, target.get());
        deleteIfUnchanged(tag, target.get(), link.get());
        return visible;
    }

    /**
     * Takes a tag away if it still is what it was when the link was read. If somebody has pointed it elsewhere
     * meanwhile, that came after this deletion, and stays.
     *
     * @return whether it was still the same
     */
    boolean deleteIfUnchanged(Tag tag, Digest target, Link link) throws IOException {
        engine.intents.begin(repository, tag);
        boolean retired = engine.links.deleteIfUnchanged(Keys.tagLink(repository, tag), link.version());
        if (retired) {
            engine.store.deleteTree(Keys.tagHistory(repository, tag));
            engine.store.delete(Keys.taggedMark(repository, target, tag));
            engine.index.repairTagAsIntended(repository, tag);
        }
        return retired;
    }
}
