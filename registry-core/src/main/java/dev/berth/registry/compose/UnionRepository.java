package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A repository of a {@link Union}: what is not a reading is left to the first of its parts. */
final class UnionRepository extends ForwardingRepository {
    private final List<Repository> parts;

    /**
     * @param first what changes are made in
     * @param parts what is read, in this order
     */
    UnionRepository(Repository first, List<Repository> parts) {
        super(first);
        this.parts = parts;
    }

    @Override
    public Manifests manifests() {
        return new UnionManifests(delegate().manifests(), new InOrder<>(parts, Repository::manifests));
    }

    @Override
    public Tags tags() {
        return new UnionTags(delegate().tags(), new InOrder<>(parts, Repository::tags));
    }

    @Override
    public Blobs blobs() {
        return new UnionBlobs(delegate().blobs(), new InOrder<>(parts, Repository::blobs));
    }

    private static final class UnionManifests extends ForwardingManifests {
        private final InOrder<Manifests> parts;

        UnionManifests(Manifests first, InOrder<Manifests> parts) {
            super(first);
            this.parts = parts;
        }

        @Override
        public Optional<Descriptor> find(ManifestSelector selector) {
            return parts.find(Objects.requireNonNull(selector, "selector"), part -> part.find(selector));
        }

        @Override
        public Manifest get(ManifestSelector selector) {
            return parts.get(Objects.requireNonNull(selector, "selector"), part -> part.get(selector));
        }

        @Override
        public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(filter, "filter");
            return MergedListing.of(parts.all(), part -> part.referrers(subject, filter), Descriptor::digest);
        }
    }

    private static final class UnionTags extends ForwardingTags {
        private final InOrder<Tags> parts;

        UnionTags(Tags first, InOrder<Tags> parts) {
            super(first);
            this.parts = parts;
        }

        @Override
        public Listing<Tag, Tag> list() {
            return MergedListing.of(parts.all(), Tags::list, Function.identity());
        }

        @Override
        public Optional<Descriptor> resolve(Tag tag) {
            return parts.find(Objects.requireNonNull(tag, "tag"), part -> part.resolve(tag));
        }
    }

    private static final class UnionBlobs extends ForwardingBlobs {
        private final InOrder<Blobs> parts;

        UnionBlobs(Blobs first, InOrder<Blobs> parts) {
            super(first);
            this.parts = parts;
        }

        @Override
        public Optional<Descriptor> find(Digest digest) {
            return parts.find(Objects.requireNonNull(digest, "digest"), part -> part.find(digest));
        }

        @Override
        public BlobContent open(Digest digest, ByteRange range) {
            return parts.get(Objects.requireNonNull(digest, "digest"), part -> part.open(digest, range));
        }

        @Override
        public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
            return parts.get(Objects.requireNonNull(digest, "digest"), part -> part.directUrl(digest, validity));
        }
    }
}
