package dev.berth.registry.layout;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The manifests of a repository of an {@link OciLayoutRegistry}. */
final class LayoutManifests implements Manifests {
    private final Layout layout;
    private final LayoutRepository repository;

    LayoutManifests(Layout layout, LayoutRepository repository) {
        this.layout = layout;
        this.repository = repository;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        Objects.requireNonNull(selector, "selector");
        return layout.call("look up " + name(selector), () -> locate(layout.index(), selector));
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        Objects.requireNonNull(selector, "selector");
        return layout.call("read " + name(selector), () -> {
            Descriptor listed = listed(layout.index(), selector).orElseThrow(() -> unknown(selector));
            Optional<Manifest> manifest;
            try {
                manifest = layout.graph.read(listed);
            } catch (RegistryException e) {
                throw RegistryException.of(
                        e.code(),
                        "The manifest " + name(selector) + " is corrupt: the file " + LayoutGraph.path(listed.digest())
                                + " of " + layout.files.place() + " has other content; get it anew",
                        e);
            }
            return manifest.orElseThrow(() -> missing(selector, listed));
        });
    }

    /** Returns a manifest that is listed and there. */
    Optional<Descriptor> locate(LayoutIndex index, ManifestSelector selector) throws IOException {
        Optional<Descriptor> listed = listed(index, selector);
        return listed.isPresent() && layout.graph.has(listed.get()) ? listed : Optional.empty();
    }

    /** Returns the bare descriptor of a manifest that the index lists or leads to, whether it is there or not. */
    private Optional<Descriptor> listed(LayoutIndex index, ManifestSelector selector) throws IOException {
        return select(index, selector).map(found -> Descriptor.of(found.mediaType(), found.digest(), found.size()));
    }

    private Optional<Descriptor> select(LayoutIndex index, ManifestSelector selector) throws IOException {
        if (selector instanceof Tag tag) {
            List<Descriptor> tagged = index.tagged(repository.name(), tag);
            LayoutTags.requireOne(layout, repository, tag, tagged);
            return tagged.stream().findFirst();
        }
        List<Descriptor> entries = index.entries(repository.name());
        for (Descriptor entry : entries) {
            if (entry.digest().equals(selector)) {
                return Optional.of(entry);
            }
        }
        return Optional.ofNullable(layout.graph.reachable(entries).get((Digest) selector));
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        Objects.requireNonNull(options, "options");
        return layout.call("store the manifest " + name(manifest.digest()), () -> {
            LayoutDirectory directory = repository.writable();
            return layout.exclusively(() -> put(manifest, options, directory));
        });
    }

    private PutResult put(Manifest manifest, PutOptions options, LayoutDirectory directory) throws IOException {
        ManifestDocument document = new LayoutPutCheck(layout, repository).check(manifest);
        options.tags().forEach(tag -> layout.requireTaggable(() -> manifest, tag));
        Descriptor descriptor = manifest.descriptor();
        directory.keep(manifest.bytes(), manifest.digest());
        layout.change(index -> index.withManifests(List.of(descriptor)));
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : options.tags()) {
            try {
                layout.call("set the tag " + name(tag), () -> setTag(descriptor, tag, options.condition()));
            } catch (RegistryException e) {
                throw e.afterStoring(result(document, descriptor, tags));
            }
            tags.add(tag);
        }
        return result(document, descriptor, tags);
    }

    private boolean setTag(Descriptor descriptor, Tag tag, TagCondition condition) throws IOException {
        LayoutTags names = new LayoutTags(layout, repository);
        layout.change(index -> names.set(index, tag, descriptor, condition));
        return true;
    }

    private static PutResult result(ManifestDocument document, Descriptor descriptor, List<Tag> tags) {
        return new PutResult(descriptor, tags, document.subject().map(Descriptor::digest));
    }

    @Override
    public DeleteResult delete(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        return layout.call("delete the manifest " + name(digest), () -> {
            LayoutDirectory directory = repository.writable();
            return layout.exclusively(() -> delete(digest, directory));
        });
    }

    private DeleteResult delete(Digest digest, LayoutDirectory directory) throws IOException {
        LayoutIndex before = layout.index();
        Optional<Descriptor> found = locate(before, digest);
        List<Tag> tags = before.tagsOf(digest);
        List<Descriptor> children = new ArrayList<>();
        if (found.isPresent()) {
            for (Descriptor child : layout.graph.summary(found.get()).children()) {
                if (layout.graph.has(child)) {
                    children.add(Descriptor.of(child.mediaType(), child.digest(), child.size()));
                }
            }
        }
        // What an index led to stays: it is listed itself from then on.
        layout.change(index -> index.withoutManifest(digest).withManifests(children));
        boolean deleted = found.isPresent() && directory.delete(digest);
        return new DeleteResult(deleted, deleted ? tags : List.of());
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(filter, "filter");
        return Listing.of((after, wanted) ->
                layout.call("list the referrers of " + name(subject), () -> referrers(subject, after, filter)));
    }

    private Iterator<Descriptor> referrers(Digest subject, Optional<Digest> after, ReferrerFilter filter)
            throws IOException {
        List<Descriptor> found = new ArrayList<>();
        for (Descriptor manifest : layout.graph
                .reachable(layout.index().entries(repository.name()))
                .values()) {
            ManifestSummary summary = layout.graph.summary(manifest);
            if (summary.subject().equals(Optional.of(subject)) && layout.graph.has(manifest)) {
                Descriptor plain = Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size())
                        .withAnnotations(summary.annotations());
                found.add(summary.artifactType().map(plain::withArtifactType).orElse(plain));
            }
        }
        return found.stream()
                .filter(filter::accepts)
                .filter(referrer -> after.isEmpty() || referrer.digest().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Descriptor::digest))
                .iterator();
    }

    RegistryException unknown(ManifestSelector selector) {
        return unknown(selector, "There is no manifest " + name(selector) + " in " + layout.files.place());
    }

    private RegistryException missing(ManifestSelector selector, Descriptor listed) {
        return unknown(
                selector,
                "The manifest " + name(selector) + " is listed in " + layout.files.place() + ", but its file "
                        + LayoutGraph.path(listed.digest()) + " is missing; get the layout anew");
    }

    private RegistryException unknown(ManifestSelector selector, String message) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        message,
                        Map.of("name", repository.name().value(), "reference", selector.toString())))
                .build();
    }

    private String name(ManifestSelector selector) {
        return repository.name() + (selector instanceof Digest ? "@" : ":") + selector;
    }
}
