package dev.berth.registry.mirror.replication;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the store knows of the tags of a rule. Changed by conditional puts, so that a node which is behind undoes nothing.
 */
final class AgreedTags {
    private final ObjectStore store;
    private final KeyPrefix tags;

    AgreedTags(ObjectStore store, String rule) {
        this.store = store;
        this.tags = KeyPrefix.of(Keys.REPLICATION + rule + "/tags/");
    }

    /** Returns the key of the lease of those who compare. */
    static ObjectKey lease(String rule) {
        return Keys.REPLICATION.key(rule + "/lease");
    }

    /**
     * What was read.
     *
     * @param version of the object; empty if there is none
     */
    record Found(Optional<AgreedTag> tag, Optional<ObjectVersion> version) {}

    private KeyPrefix below(RepositoryName repository) {
        return KeyPrefix.of(tags + SortableName.encode(repository) + "/");
    }

    private ObjectKey key(RepositoryName repository, Tag tag) {
        return below(repository).key(tag.value());
    }

    Found read(RepositoryName repository, Tag tag) {
        return StoreCalls.call("read what was replicated of the tag " + tag + " of " + repository, () -> {
            Optional<WholeObject> found = WholeObject.open(store, key(repository, tag));
            return new Found(
                    found.flatMap(object -> AgreedTag.parse(object.content())), found.map(WholeObject::version));
        });
    }

    /** Writes what is known now, unless another node has written meanwhile: then this returns empty. */
    Optional<Found> write(RepositoryName repository, Tag tag, AgreedTag now, Found before) {
        return StoreCalls.call(
                "keep what was replicated of the tag " + tag + " of " + repository,
                () -> store.put(
                                key(repository, tag),
                                now.toBytes(),
                                before.version().map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent))
                        .map(version -> new Found(Optional.of(now), Optional.of(version))));
    }

    /** Forgets a tag that neither side has, unless another node has written meanwhile. */
    void forget(RepositoryName repository, Tag tag, Found before) {
        StoreCalls.act("forget the tag " + tag + " of " + repository, () -> {
            if (before.tag().isEmpty() && before.version().isPresent()) {
                // An empty object, which a store has left that cannot delete conditionally.
                store.delete(key(repository, tag));
            } else if (before.version().isPresent()) {
                boolean unused = store.deleteIfUnchanged(
                        key(repository, tag), before.version().get());
            }
        });
    }

    /** Returns the tags of a repository of which something is known. */
    Set<Tag> tags(RepositoryName repository) {
        Set<Tag> found = new TreeSet<>();
        KeyPrefix prefix = below(repository);
        list(ListRequest.tree(prefix), name -> {
            try {
                found.add(Tag.parse(name.substring(prefix.value().length())));
            } catch (IllegalArgumentException e) {
                // Nothing of ours.
                return;
            }
        });
        return found;
    }

    /** Returns the repositories of which something is known. */
    Set<RepositoryName> repositories() {
        Set<RepositoryName> found = new TreeSet<>();
        list(ListRequest.builder(tags).grouped(true).build(), name -> {
            String segment = name.substring(tags.value().length());
            SortableName.decode(segment.endsWith("/") ? segment.substring(0, segment.length() - 1) : segment)
                    .ifPresent(found::add);
        });
        return found;
    }

    private void list(ListRequest first, Consumer<String> action) {
        StoreCalls.act("list what was replicated", () -> listAll(first, action));
    }

    private void listAll(ListRequest first, Consumer<String> action) throws IOException {
        ListRequest request = first;
        while (true) {
            ListPage page = store.list(request);
            page.names().forEach(action);
            if (page.last() || page.names().isEmpty()) {
                return;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }
}
