package dev.berth.registry.mirror.router;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ForwardingTags;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A repository that is read here if it is here, and otherwise from the default mirror. It is changed here. */
final class DefaultRepository extends ForwardingRepository {
    private final Repository there;

    DefaultRepository(Repository here, Repository there) {
        super(here);
        this.there = there;
    }

    /** Returns what is read now. If nobody knows whether the repository is here, it is not read from elsewhere. */
    private Repository current() {
        return isHere() ? delegate() : there;
    }

    private boolean isHere() {
        try {
            // A repository without tags exists as well.
            boolean unused = delegate().tags().list().limit(1).iterator().hasNext();
            return true;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Manifests manifests() {
        return new DefaultManifests(delegate().manifests());
    }

    @Override
    public Tags tags() {
        return new DefaultTags(delegate().tags());
    }

    @Override
    public Blobs blobs() {
        return new DefaultBlobs(delegate().blobs());
    }

    private final class DefaultManifests extends ForwardingManifests {
        DefaultManifests(Manifests here) {
            super(here);
        }

        @Override
        public Optional<Descriptor> find(ManifestSelector selector) {
            return current().manifests().find(selector);
        }

        @Override
        public Manifest get(ManifestSelector selector) {
            return current().manifests().get(selector);
        }

        @Override
        public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(filter, "filter");
            return Listing.of((after, wanted) ->
                    current().manifests().referrers(subject, filter).open(after, wanted));
        }
    }

    private final class DefaultTags extends ForwardingTags {
        DefaultTags(Tags here) {
            super(here);
        }

        @Override
        public Listing<Tag, Tag> list() {
            return Listing.of((after, wanted) -> current().tags().list().open(after, wanted));
        }

        @Override
        public Optional<Descriptor> resolve(Tag tag) {
            return current().tags().resolve(tag);
        }
    }

    /** Blobs are here before their manifest is: during the first push those that were pushed are found as well. */
    private final class DefaultBlobs extends ForwardingBlobs {
        DefaultBlobs(Blobs here) {
            super(here);
        }

        private Blobs having(Digest digest) {
            return isHere() || delegate().find(digest).isPresent() ? delegate() : there.blobs();
        }

        @Override
        public Optional<Descriptor> find(Digest digest) {
            Optional<Descriptor> here = delegate().find(digest);
            return here.isPresent() || isHere() ? here : there.blobs().find(digest);
        }

        @Override
        public BlobContent open(Digest digest, ByteRange range) {
            return having(digest).open(digest, range);
        }

        @Override
        public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
            return having(digest).directUrl(digest, validity);
        }
    }
}
