package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.scan.service.ScanStore.Stored;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from time to time, for what nobody has told: images with tags that were never scanned. It also asks for rescans, and,
 * more rarely, forgets images that are gone and mends the queue. One node at a time does, as a lease says; that two do is harmless.
 */
final class Comparison {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final Registry registry;
    private final ScanStore store;
    private final ScanQueue queue;
    private final Nodes nodes;
    private final ScanSettings settings;
    private final Runnable upkeep;
    private final StoreLease lease;
    private long renewAt;
    private volatile boolean soon;
    private volatile boolean closed;

    Comparison(
            Registry registry, ScanStore store, ScanQueue queue, Nodes nodes, ScanSettings settings, Runnable upkeep) {
        this.registry = registry;
        this.store = store;
        this.queue = queue;
        this.nodes = nodes;
        this.settings = settings;
        this.upkeep = upkeep;
        this.lease = new StoreLease(
                store.store(),
                ScanStore.COMPARISON,
                settings.node(),
                settings.lease(),
                settings.clock(),
                settings.nanoTime());
    }

    /** The node is not the one that compares any more, or the service is closed. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        Ended() {
            super("ended", null, false, false);
        }
    }

    /**
     * What was done when, by whichever node; in the text of the lease.
     *
     * @param compared when the last comparison ended
     * @param kept when the last upkeep ended
     * @param rescan of which rescan all were asked for
     */
    private record Done(Instant compared, Instant kept, Instant rescan) {
        static Done parse(String text) {
            String[] parts = text.split(" ", -1);
            if (parts.length == 3) {
                try {
                    return new Done(Instant.parse(parts[0]), Instant.parse(parts[1]), Instant.parse(parts[2]));
                } catch (DateTimeException e) {
                    LOG.debug("It is not known when images were compared", e);
                }
            }
            return new Done(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        }

        String text() {
            return compared + " " + kept + " " + rescan;
        }
    }

    /** Compares if it is time, and returns after which time to ask again. */
    Duration step() {
        try {
            return compareIfDue();
        } catch (RegistryException e) {
            soon = true;
            LOG.warn("Images that were not scanned could not be looked for; this is tried again", e);
            release(lease.text());
            return AFTER_FAILURE;
        } catch (Ended e) {
            return AFTER_FAILURE;
        }
    }

    private Duration compareIfDue() {
        boolean taken = StoreCalls.call("look whether images were compared", lease::look);
        Done done = Done.parse(lease.text());
        Instant now = settings.clock().instant();
        Instant rescan = store.rescan().orElse(Instant.EPOCH);
        boolean compare = soon || !done.compared().plus(settings.interval()).isAfter(now);
        boolean keep = !done.kept().plus(settings.upkeep()).isAfter(now);
        boolean ask = rescan.isAfter(done.rescan());
        if (taken && !lease.held()) {
            return nodes.interval();
        }
        if (!compare && !keep && !ask) {
            return wait(now, done);
        }
        if (!StoreCalls.call("begin to compare images", () -> lease.acquire(lease.text()))) {
            return nodes.interval();
        }
        renewAt = settings.nanoTime().getAsLong() + nodes.interval().toNanos();
        if (compare || keep) {
            soon = false;
            findNew();
        }
        if (keep || ask) {
            sweep(keep, keep ? tooOld(rescan, now) : rescan);
        }
        if (keep) {
            nodes.sweep();
            upkeep.run();
        }
        Done after = new Done(
                compare || keep ? now : done.compared(), keep ? now : done.kept(), ask ? rescan : done.rescan());
        release(after.text());
        return wait(settings.clock().instant(), after);
    }

    /** What was scanned before this is scanned again: because there is new knowledge, or it is old in any case. */
    private Instant tooOld(Instant said, Instant now) {
        Instant old = settings.maxAge().isZero() ? Instant.EPOCH : now.minus(settings.maxAge());
        return said.isAfter(old) ? said : old;
    }

    private Duration wait(Instant now, Done done) {
        Duration wait = Duration.between(now, done.compared().plus(settings.interval()));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Asks for what has a tag, and of which nothing is known. */
    private void findNew() {
        for (RepositoryName name : registry.repositories()) {
            goOn();
            if (settings.repositories().test(name)) {
                findNew(name);
            }
        }
    }

    private void findNew(RepositoryName name) {
        Set<Digest> known = new HashSet<>();
        store.images(name, image -> known.add(image.digest()));
        Repository repository = registry.repository(name);
        try {
            for (Tag tag : repository.tags().list()) {
                goOn();
                Optional<Descriptor> image = repository.tags().resolve(tag);
                if (image.isPresent()
                        && ImageScan.isImageOrIndex(image.get().mediaType())
                        && known.add(image.get().digest())) {
                    queue.ask(new ImageKey(name, image.get().digest()), ScanPriority.PUSH);
                }
            }
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.NAME_UNKNOWN) {
                throw e;
            }
            LOG.debug("The repository {} was deleted meanwhile", name);
        }
    }

    private void sweep(boolean keep, Instant rescan) {
        for (RepositoryName name : store.repositories()) {
            Repository repository = registry.repository(name);
            store.images(name, image -> {
                goOn();
                Stored stored = store.find(image);
                if (keep && (stored.record().isEmpty() || isGone(repository, image))) {
                    forget(image, stored);
                    return;
                }
                stored.record().ifPresent(record -> {
                    if (record.request().isPresent()) {
                        if (keep) {
                            mend(image, record);
                        }
                    } else if (record.begun()
                                    .filter(begun -> begun.isBefore(rescan))
                                    .isPresent()
                            && settings.repositories().test(name)) {
                        boolean unused = queue.ask(image, ScanPriority.RESCAN);
                    }
                });
            });
        }
    }

    private static boolean isGone(Repository repository, ImageKey image) {
        return repository.manifests().find(image.digest()).isEmpty();
    }

    private void forget(ImageKey image, Stored stored) {
        store.forget(image, stored);
        stored.record().flatMap(ImageRecord::request).ifPresent(request -> store.deleteTicket(request.ticket()));
    }

    /** A place in the queue may have got lost. */
    private void mend(ImageKey image, ImageRecord record) {
        Ticket ticket = record.request().orElseThrow().ticket();
        if (!store.hasTicket(ticket)) {
            store.putTicket(ticket, image);
        }
    }

    /** Renews the lease if it is time. */
    private void goOn() {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new Ended();
        }
        long now = settings.nanoTime().getAsLong();
        if (now - renewAt < 0) {
            return;
        }
        renewAt = now + nodes.interval().toNanos();
        if (!StoreCalls.call("go on comparing images", () -> lease.renew(lease.text()))) {
            throw new Ended();
        }
    }

    private void release(String text) {
        try {
            StoreCalls.act("end a comparison of images", () -> lease.release(text));
        } catch (RegistryException e) {
            LOG.debug("The lease of comparisons was not given back", e);
        }
    }

    /** Something was missed: the next step compares. */
    void soon() {
        soon = true;
    }

    /** Ends what is in progress. */
    void close() {
        closed = true;
    }

    /** Gives the lease back. After the threads have ended. */
    void leave() {
        release(lease.text());
    }
}
