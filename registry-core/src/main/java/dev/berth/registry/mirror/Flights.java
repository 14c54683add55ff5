package dev.berth.registry.mirror;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The downloads of blobs: one for each blob of a repository, however many want it. Thread-safe. */
final class Flights {
    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

    private final MirrorContext context;
    private final ConcurrentMap<ImageId, Flight> flights = new ConcurrentHashMap<>();

    /** Of each blob the download that has its bytes from the upstream registry: others, of other repositories, follow it. */
    private final ConcurrentMap<Digest, Flight> sources = new ConcurrentHashMap<>();

    Flights(MirrorContext context) {
        this.context = context;
    }

    /** Stands for a call. */
    private record Look(RepositoryName repository, Digest blob) {}

    int size() {
        return flights.size();
    }

    /** Returns the download of a blob that is in progress. */
    Optional<Flight> inProgress(ImageId id) {
        return Optional.ofNullable(flights.get(id));
    }

    /** Downloads a blob that no client waits for, unless that is in progress, and waits until that is over. */
    void bring(MirrorSite site, Digest digest) throws InterruptedException {
        Flight flight = join(site, digest);
        try {
            flight.awaitEnd();
        } finally {
            flight.leave();
        }
    }

    /** Enters the download of a blob, which begins unless it is in progress. */
    Flight join(MirrorSite site, Digest digest) {
        ImageId id = new ImageId(site.here(), digest);
        AtomicBoolean created = new AtomicBoolean();
        Flight flight;
        do {
            flight = flights.computeIfAbsent(id, any -> {
                created.set(true);
                return new Flight(context.options().stallTimeout());
            });
            // One that is over is not among them any more.
        } while (!flight.enter());
        if (created.get()) {
            start(site, digest, id, flight);
        }
        return flight;
    }

    private void start(MirrorSite site, Digest digest, ImageId id, Flight flight) {
        try {
            context.executor().execute(() -> run(site, digest, flight));
        } catch (RejectedExecutionException e) {
            flight.fail(RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Could not pull the blob " + digest + ": this mirror is closed", e));
            finish(id, flight);
        }
    }

    private void run(MirrorSite site, Digest digest, Flight flight) {
        ImageId id = new ImageId(site.here(), digest);
        try {
            if (site.cache().blobs().find(digest).isPresent()) {
                flight.alreadyHere();
                return;
            }
            Optional<RepositoryName> holder = context.shelf().holder(id);
            if (holder.isPresent() && isMounted(site, digest, holder.get())) {
                flight.alreadyHere();
                return;
            }
            download(site, digest, flight);
        } catch (RegistryException e) {
            failed(id, flight, e);
        } catch (IOException | RuntimeException | Error e) {
            failed(
                    id,
                    flight,
                    RegistryException.of(ErrorCode.UNAVAILABLE, "The mirror could not pull the blob " + digest, e));
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            finish(id, flight);
        }
    }

    /**
     * Takes a blob from another repository of this mirror, if the upstream registry has it in this one too: that it is here
     * says nothing about who may have it.
     */
    private boolean isMounted(MirrorSite site, Digest digest, RepositoryName holder) {
        Descriptor blob = look(site, digest);
        Optional<Shelf.Arrival> expected = expect(site, blob);
        if (expected.isEmpty()) {
            return false;
        }
        boolean mounted = false;
        try {
            mounted =
                    site.cache().blobs().mount(digest, MountSource.from(holder)).isPresent();
            return mounted;
        } finally {
            if (mounted) {
                context.shelf().arrived(expected.get());
            } else {
                context.shelf().failed(expected.get());
            }
        }
    }

    /** Asks the upstream registry whether a repository has a blob. */
    private Descriptor look(MirrorSite site, Digest digest) {
        return context.calls()
                .call(
                        new Look(site.here(), digest),
                        context.options().fetchDeadline(),
                        "look for the blob " + digest + " of " + site.there(),
                        () -> site.upstream().blobs().find(digest))
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.BLOB_UNKNOWN, "There is no blob " + digest + " in " + site.there()));
    }

    private void failed(ImageId id, Flight flight, RegistryException why) {
        if (!why.isMissing()) {
            context.listener().failed(id.repository(), id.digest(), why);
        }
        flight.fail(why);
    }

    private void finish(ImageId id, Flight flight) {
        flights.remove(id, flight);
        sources.remove(id.digest(), flight);
        flight.end();
    }

    private void download(MirrorSite site, Digest digest, Flight flight) throws IOException {
        Upstream upstream = new Upstream(site, digest, flight);
        BlobContent content = upstream.open(ByteRange.all());
        Descriptor blob = content.descriptor();
        Spool spool;
        try {
            if (!blob.digest().equals(digest)) {
                throw wrong(digest, RegistryException.of(ErrorCode.DIGEST_INVALID, "It calls it " + blob.digest()));
            }
            spool = spool(blob);
        } catch (RegistryException e) {
            content.close();
            throw e;
        }
        flight.begin(blob, spool);
        Download download = new Download(upstream, flight, spool, content);
        try {
            if (!keep(site, blob, download)) {
                readUnkept(blob.digest(), download, spool);
            }
        } finally {
            download.end();
        }
        if (upstream.isSource()) {
            context.listener().downloaded(site.here(), MirrorListener.Kind.BLOB, digest, blob.size());
        }
        flight.complete();
    }

    private Spool spool(Descriptor blob) {
        try {
            return Spool.create(context.options().spoolDirectory(), blob.size());
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.INSUFFICIENT_STORAGE,
                    "The mirror could not make a temporary file for the blob " + blob.digest() + ": " + e.getMessage()
                            + "; free some space",
                    e);
        }
    }

    /** Stores a blob while it arrives; returns false if it is not to be stored, or cannot be. */
    private boolean keep(MirrorSite site, Descriptor blob, Download download) throws IOException {
        Optional<Shelf.Arrival> expected = expectMeanwhile(site, blob, download);
        if (expected.isEmpty()) {
            return false;
        }
        boolean arrived = false;
        try {
            Descriptor unused = site.cache().blobs().push(blob.digest(), BlobSource.once(download, blob.size()));
            arrived = true;
            context.shelf().arrived(expected.get());
            return true;
        } catch (RegistryException e) {
            RegistryException ofUpstream = download.failure();
            if (ofUpstream != null) {
                throw ofUpstream;
            }
            if (e.code() == ErrorCode.DIGEST_INVALID) {
                throw wrong(blob.digest(), e);
            }
            Shelf.warn("the blob " + blob.digest() + " of " + site.here(), e);
            return false;
        } finally {
            if (!arrived) {
                context.shelf().failed(expected.get());
            }
        }
    }

    /** Makes room for a blob, while clients read the beginning of it: eviction may take a while. */
    private Optional<Shelf.Arrival> expectMeanwhile(MirrorSite site, Descriptor blob, Download download)
            throws IOException {
        FutureTask<Optional<Shelf.Arrival>> room = new FutureTask<>(() -> expect(site, blob));
        context.executor().execute(room);
        Optional<Shelf.Arrival> expected = Optional.empty();
        boolean received = false;
        try {
            download.receiveWhile(() -> !room.isDone());
            received = true;
        } catch (IOException e) {
            RegistryException ofUpstream = download.failure();
            if (ofUpstream != null) {
                throw ofUpstream;
            }
            throw e;
        } finally {
            expected = awaited(room);
            if (!received) {
                expected.ifPresent(context.shelf()::failed);
            }
        }
        return expected;
    }

    private static Optional<Shelf.Arrival> awaited(FutureTask<Optional<Shelf.Arrival>> room) {
        try {
            return Uninterruptibles.getUninterruptibly(room);
        } catch (ExecutionException e) {
            LOG.error("A mirror cannot make room", e);
            return Optional.empty();
        }
    }

    private Optional<Shelf.Arrival> expect(MirrorSite site, Descriptor blob) {
        try {
            return Optional.of(context.shelf().expect(new ImageId(site.here(), blob.digest()), blob.size()))
                    .filter(Shelf.Arrival::kept);
        } catch (RegistryException e) {
            Shelf.warn("the blob " + blob.digest() + " of " + site.here(), e);
            return Optional.empty();
        }
    }

    private static void readUnkept(Digest digest, Download download, Spool spool) throws IOException {
        try {
            download.drain();
        } catch (IOException e) {
            RegistryException why = download.failure();
            if (why != null) {
                throw why;
            }
            throw e;
        }
        Digest actual = spool.digest(digest);
        if (!actual.equals(digest)) {
            throw wrong(digest, RegistryException.of(ErrorCode.DIGEST_INVALID, "Its bytes have the digest " + actual));
        }
    }

    private static RegistryException wrong(Digest digest, RegistryException cause) {
        return RegistryException.of(
                ErrorCode.DIGEST_INVALID,
                "The upstream registry sent other content for the blob " + digest + "; nothing of it is kept",
                cause);
    }

    /** Where a download gets its bytes: from the upstream registry, or from a download that does. For one thread. */
    private final class Upstream implements Download.Upstream {
        private final MirrorSite site;
        private final Digest digest;
        private final Flight flight;
        private boolean allowed;

        Upstream(MirrorSite site, Digest digest, Flight flight) {
            this.site = site;
            this.digest = digest;
            this.flight = flight;
        }

        /** Returns whether the bytes come from the upstream registry. */
        boolean isSource() {
            return flight.equals(sources.get(digest));
        }

        @Override
        public BlobContent open(ByteRange range) {
            Flight source = sources.computeIfAbsent(digest, any -> flight);
            while (!source.equals(flight)) {
                Optional<BlobContent> followed = follow(source, range);
                if (followed.isPresent()) {
                    return followed.get();
                }
                // It has failed, or is over.
                sources.remove(digest, source);
                source = sources.computeIfAbsent(digest, any -> flight);
            }
            Blobs blobs = site.upstream().blobs();
            return context.calls().open(context.options().fetchDeadline(), what(), () -> blobs.open(digest, range));
        }

        private Optional<BlobContent> follow(Flight source, ByteRange range) {
            if (!allowed) {
                // That another repository has it says nothing about this one.
                Descriptor unused = look(site, digest);
                allowed = true;
            }
            if (!source.enter()) {
                return Optional.empty();
            }
            try {
                return source.open(range, context.options().fetchDeadline(), what())
                        .map(Followed::of);
            } catch (RegistryException e) {
                // What happened to the other one need not happen to this one.
                return Optional.empty();
            }
        }

        private String what() {
            return "pull the blob " + digest + " of " + site.there();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            context.options().pause().sleep(time);
        }

        @Override
        public int mostResumes() {
            return context.options().resumes();
        }

        @Override
        public void resumed(long offset, RegistryException why) {
            context.listener().resumed(site.here(), digest, offset, why);
        }
    }
}
