package dev.berth.registry.scan.gate;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingManifests;
import java.util.Optional;

/** The manifests of a repository behind a gate. */
final class GatedManifests extends DenyingManifests {
    private final Repository repository;
    private final Judge judge;

    GatedManifests(Repository repository, Judge judge, Denial denial) {
        super(repository.name(), denial);
        this.repository = repository;
        this.judge = judge;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        Optional<Descriptor> found = repository.manifests().find(selector);
        found.ifPresent(descriptor -> judge.requirePull(Subject.of(repository, descriptor), tag(selector)));
        return found;
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        Manifest manifest = repository.manifests().get(selector);
        judge.requirePull(Subject.of(repository, manifest), tag(selector));
        return manifest;
    }

    private static Optional<Tag> tag(ManifestSelector selector) {
        return selector instanceof Tag tag ? Optional.of(tag) : Optional.empty();
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        for (Tag tag : options.tags()) {
            judge.requireTag(Subject.of(repository, manifest), tag);
        }
        try {
            return repository.manifests().put(manifest, options);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }

    @Override
    public DeleteResult delete(Digest digest) {
        try {
            return repository.manifests().delete(digest);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        try {
            return repository.manifests().delete(digest, condition);
        } finally {
            judge.decisions().forget(repository.name());
        }
    }

    /** Lists what there is, so that signatures are found. Each of them is judged when it is asked for. */
    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        return repository.manifests().referrers(subject, filter);
    }
}
