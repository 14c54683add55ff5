package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;

/** The tags of a repository of an {@link OciLayoutRegistry}: entries of {@code index.json} that have a name. */
final class LayoutTags implements Tags {
    private final Layout layout;
    private final LayoutRepository repository;

    LayoutTags(Layout layout, LayoutRepository repository) {
        this.layout = layout;
        this.repository = repository;
    }

    @Override
    public Listing<Tag, Tag> list() {
        return Listing.of((after, wanted) -> layout.call("list the tags of " + repository.name(), () -> open(after)));
    }

    private Iterator<Tag> open(Optional<Tag> after) throws IOException {
        LayoutIndex index = layout.index();
        if (index.entries(repository.name()).isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.NAME_UNKNOWN,
                    "There is no repository " + repository.name() + " in " + layout.files.place());
        }
        NavigableSet<Tag> tags = index.tags(repository.name());
        return tags.stream()
                .filter(tag -> after.isEmpty() || tag.compareTo(after.get()) > 0)
                .iterator();
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return repository.manifests().find(tag);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(condition, "condition");
        return layout.call("tag " + target + " as " + repository.name() + ":" + tag, () -> {
            repository.writable();
            LayoutManifests manifests = new LayoutManifests(layout, repository);
            Descriptor manifest = manifests.locate(layout.index(), target).orElseThrow(() -> manifests.unknown(target));
            layout.requireTaggable(() -> manifests.get(target), tag);
            layout.change(index -> set(index, tag, manifest, condition));
            return new PutResult(manifest, List.of(tag), Optional.empty());
        });
    }

    /** Returns the index with a tag, if the condition holds. */
    LayoutIndex set(LayoutIndex index, Tag tag, Descriptor manifest, TagCondition condition) {
        check(index, tag, condition);
        return index.withTag(tag, manifest);
    }

    private void check(LayoutIndex index, Tag tag, TagCondition condition) {
        List<Digest> current = index.tagged(repository.name(), tag).stream()
                .map(Descriptor::digest)
                .toList();
        if (condition instanceof TagCondition.Absent && !current.isEmpty()) {
            throw failed(tag, "it is there already and names " + current.get(0));
        }
        if (condition instanceof TagCondition.Currently currently && !current.equals(List.of(currently.digest()))) {
            throw failed(
                    tag,
                    "it names " + (current.isEmpty() ? "nothing" : current.get(0)) + ", not " + currently.digest());
        }
    }

    private RegistryException failed(Tag tag, String why) {
        return RegistryException.of(
                ErrorCode.PRECONDITION_FAILED,
                "The tag " + repository.name() + ":" + tag + " was left as it is: " + why);
    }

    @Override
    public boolean delete(Tag tag) {
        return delete(tag, TagCondition.any());
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(condition, "condition");
        return layout.call("delete the tag " + repository.name() + ":" + tag, () -> {
            repository.writable();
            boolean[] found = new boolean[1];
            layout.change(index -> {
                found[0] = index.tags(repository.name()).contains(tag);
                if (found[0]) {
                    check(index, tag, condition);
                }
                return index.withoutTag(tag);
            });
            return found[0];
        });
    }

    /** Fails if a tag names different manifests, as the specification allows. */
    static void requireOne(Layout layout, LayoutRepository repository, Tag tag, List<Descriptor> tagged) {
        if (tagged.size() > 1) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_INVALID,
                    "The tag " + repository.name() + ":" + tag + " is not clear: in " + layout.files.place()
                            + " it names "
                            + tagged.stream().map(Descriptor::digest).toList()
                            + "; choose one by its digest");
        }
    }
}
