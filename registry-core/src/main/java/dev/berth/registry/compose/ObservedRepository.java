package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.event.RegistryEvent;

/** A repository of an {@link Observed} registry. */
final class ObservedRepository extends ForwardingRepository {
    private final Teller teller;

    ObservedRepository(Repository delegate, Teller teller) {
        super(delegate);
        this.teller = teller;
    }

    @Override
    public Manifests manifests() {
        return new ObservedManifests(delegate().manifests());
    }

    @Override
    public Tags tags() {
        return new ObservedTags(delegate().tags());
    }

    @Override
    public Blobs blobs() {
        return new ObservedBlobs(name(), delegate().blobs(), teller);
    }

    private final class ObservedManifests extends ForwardingManifests {
        ObservedManifests(Manifests delegate) {
            super(delegate);
        }

        @Override
        public Manifest get(ManifestSelector selector) {
            Manifest manifest = super.get(selector);
            teller.tell((at, actor) -> new RegistryEvent.ManifestPulled(at, name(), actor, manifest.descriptor()));
            return manifest;
        }

        @Override
        public PutResult put(Manifest manifest, PutOptions options) {
            PutResult result = super.put(manifest, options);
            teller.tell((at, actor) ->
                    new RegistryEvent.ManifestPushed(at, name(), actor, result.descriptor(), result.tags()));
            return result;
        }

        @Override
        public DeleteResult delete(Digest digest) {
            DeleteResult result = super.delete(digest);
            if (result.deleted()) {
                teller.tell((at, actor) -> new RegistryEvent.ManifestDeleted(at, name(), actor, digest, result.tags()));
            }
            return result;
        }
    }

    private final class ObservedTags extends ForwardingTags {
        ObservedTags(Tags delegate) {
            super(delegate);
        }

        @Override
        public PutResult put(Tag tag, Digest target, TagCondition condition) {
            PutResult result = super.put(tag, target, condition);
            teller.tell((at, actor) -> new RegistryEvent.TagPut(at, name(), actor, tag, target));
            return result;
        }

        @Override
        public boolean delete(Tag tag) {
            boolean deleted = super.delete(tag);
            if (deleted) {
                teller.tell((at, actor) -> new RegistryEvent.TagDeleted(at, name(), actor, tag));
            }
            return deleted;
        }
    }
}
