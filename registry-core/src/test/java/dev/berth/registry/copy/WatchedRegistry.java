package dev.berth.registry.copy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingBlobContent;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.compose.ForwardingTags;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A registry that notes every call, lets a test stand in front of it, and knows which contents are open. */
final class WatchedRegistry extends ForwardingRegistry {
    private final Queue<Call> begun = new ConcurrentLinkedQueue<>();
    private final Queue<Call> done = new ConcurrentLinkedQueue<>();
    private final Set<BlobContent> open = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Call> guard = call -> {};
    private volatile Consumer<Call> answerGuard = call -> {};
    private volatile Optional<RegistryIdentity> identity = Optional.empty();

    enum Kind {
        FIND_BLOB,
        OPEN_BLOB,
        READ_BLOB,
        PUSH_BLOB,
        MOUNT_BLOB,
        FIND_MANIFEST,
        GET_MANIFEST,
        PUT_MANIFEST,
        REFERRERS,
        RESOLVE_TAG,
        DELETE_TAG
    }

    /** A call. For a manifest that is pushed with a tag, the subject is the tag. */
    record Call(Kind kind, RepositoryName repository, String subject) {}

    WatchedRegistry(Registry delegate) {
        super(delegate);
    }

    /** Runs this before each call; what it throws is the call's failure. */
    void guard(Consumer<Call> newGuard) {
        guard = newGuard;
    }

    /** Runs this after each call; if it throws, the answer is lost. */
    void guardAnswers(Consumer<Call> newGuard) {
        answerGuard = newGuard;
    }

    /** Says that this is not the registry that it is, so that nothing is mounted. */
    void disguise() {
        identity = Optional.of(RegistryIdentity.unique());
    }

    List<String> done(Kind kind) {
        return done.stream()
                .filter(call -> call.kind() == kind)
                .map(Call::subject)
                .toList();
    }

    List<String> begun(Kind kind) {
        return begun.stream()
                .filter(call -> call.kind() == kind)
                .map(Call::subject)
                .toList();
    }

    void forget() {
        begun.clear();
        done.clear();
    }

    Set<BlobContent> open() {
        return open;
    }

    @Override
    public RegistryIdentity identity() {
        return identity.orElseGet(super::identity);
    }

    private <T> T call(Kind kind, RepositoryName repository, Object subject, Supplier<T> work) {
        Call call = new Call(kind, repository, subject.toString());
        begun.add(call);
        guard.accept(call);
        T result = work.get();
        done.add(call);
        answerGuard.accept(call);
        return result;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ForwardingRepository(super.repository(name)) {
            @Override
            public Blobs blobs() {
                return new WatchedBlobs(super.blobs(), name);
            }

            @Override
            public Manifests manifests() {
                return new WatchedManifests(super.manifests(), name);
            }

            @Override
            public Tags tags() {
                return new ForwardingTags(super.tags()) {
                    @Override
                    public Optional<Descriptor> resolve(Tag tag) {
                        return call(Kind.RESOLVE_TAG, name, tag, () -> super.resolve(tag));
                    }

                    @Override
                    public boolean delete(Tag tag) {
                        return call(Kind.DELETE_TAG, name, tag, () -> super.delete(tag));
                    }
                };
            }
        };
    }

    private final class WatchedBlobs extends ForwardingBlobs {
        private final RepositoryName name;

        WatchedBlobs(Blobs delegate, RepositoryName name) {
            super(delegate);
            this.name = name;
        }

        @Override
        public Optional<Descriptor> find(Digest digest) {
            return call(Kind.FIND_BLOB, name, digest, () -> super.find(digest));
        }

        @Override
        public BlobContent open(Digest digest, ByteRange range) {
            return call(Kind.OPEN_BLOB, name, digest, () -> new WatchedContent(super.open(digest, range), name));
        }

        @Override
        public Descriptor push(Digest expected, BlobSource content) {
            return call(Kind.PUSH_BLOB, name, expected, () -> super.push(expected, content));
        }

        @Override
        public Optional<Descriptor> mount(Digest digest, MountSource source) {
            return call(Kind.MOUNT_BLOB, name, digest, () -> super.mount(digest, source));
        }
    }

    private final class WatchedManifests extends ForwardingManifests {
        private final RepositoryName name;

        WatchedManifests(Manifests delegate, RepositoryName name) {
            super(delegate);
            this.name = name;
        }

        @Override
        public Optional<Descriptor> find(ManifestSelector selector) {
            return call(Kind.FIND_MANIFEST, name, selector, () -> super.find(selector));
        }

        @Override
        public Manifest get(ManifestSelector selector) {
            return call(Kind.GET_MANIFEST, name, selector, () -> super.get(selector));
        }

        @Override
        public PutResult put(Manifest manifest, PutOptions options) {
            Object subject = options.tags().isEmpty()
                    ? manifest.digest()
                    : options.tags().get(0);
            return call(Kind.PUT_MANIFEST, name, subject, () -> super.put(manifest, options));
        }

        @Override
        public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
            return call(Kind.REFERRERS, name, subject, () -> super.referrers(subject, filter));
        }
    }

    private final class WatchedContent extends ForwardingBlobContent {
        private final RepositoryName name;

        WatchedContent(BlobContent delegate, RepositoryName name) {
            super(delegate);
            this.name = name;
            open.add(this);
        }

        @Override
        public InputStream stream() throws IOException {
            return new FilterInputStream(super.stream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    try {
                        return call(Kind.READ_BLOB, name, descriptor().digest(), () -> {
                            try {
                                return super.read(buffer, offset, length);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                }
            };
        }

        @Override
        public void close() {
            open.remove(this);
            super.close();
        }
    }
}
