package dev.berth.registry.scan.service;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.service.ImageRecord.Claim;
import dev.berth.registry.scan.service.ImageRecord.Request;
import dev.berth.registry.scan.service.ScanStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue: who asks, and who takes. Thread-safe, and for any number of nodes.
 *
 * <p>Whoever asks writes a ticket, and then the record of the image, which names it. Whoever answers writes the record, and then
 * removes the ticket. So a ticket whose record does not name it is one of a request that was not finished, which then counts, or
 * one that was answered or replaced, which the record tells.
 */
final class ScanQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);
    private static final int MOST_RACES = 20;

    /** Nobody takes longer from the ticket to the record. */
    private static final Duration ASKING = Duration.ofMinutes(10);

    private final ScanStore store;
    private final Nodes nodes;
    private final ScanSettings settings;
    private final InstantSource clock;

    ScanQueue(ScanStore store, Nodes nodes, ScanSettings settings) {
        this.store = store;
        this.nodes = nodes;
        this.settings = settings;
        this.clock = settings.clock();
    }

    /**
     * Asks for a scan. That is durable when this returns. Nothing is done if there is a request that is as urgent, or a scan
     * runs already; after a push also if the image was scanned before.
     *
     * @return whether there is a new request
     */
    boolean ask(ImageKey image, ScanPriority priority) {
        for (int i = 0; i < MOST_RACES; i++) {
            Stored before = store.find(image);
            Instant now = clock.instant();
            ImageRecord record = before.record().orElseGet(() -> ImageRecord.fresh(now));
            Optional<Request> open = record.request();
            if (isAnswered(record, priority) || open.isPresent() && !isReplacedBy(open.get(), priority, now)) {
                return false;
            }
            Ticket ticket = Ticket.at(now, priority);
            store.putTicket(ticket, image);
            if (store.put(image, record.asked(ticket, open.map(Request::asked).orElse(now)), before)) {
                open.ifPresent(replaced -> drop(replaced.ticket()));
                settings.listener().asked(image, priority);
                return true;
            }
            drop(ticket);
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "The scan of " + image
                        + " could not be asked for, since others change its state all the time; try again");
    }

    private static boolean isAnswered(ImageRecord record, ScanPriority priority) {
        return record.request().isEmpty()
                && (priority == ScanPriority.PUSH && record.isSettled()
                        || priority == ScanPriority.RESCAN && record.state() == ImageRecord.State.INDEX);
    }

    /** A scan that runs is as good as one that begins now. One that waits after a failure need not, if somebody asks. */
    private static boolean isReplacedBy(Request open, ScanPriority priority, Instant now) {
        if (open.claim().isPresent()) {
            return false;
        }
        return !open.ticket().isAtLeast(priority)
                || priority == ScanPriority.DEMAND && open.notBefore().isAfter(now);
    }

    /** What became of a ticket that this node wanted. */
    sealed interface Taken {
        /** It is this node's. */
        record Mine(ImageKey image, Ticket ticket, ImageRecord record, Claim claim) implements Taken {}

        /** There is nothing to do for it any more. */
        record Gone() implements Taken {}

        /** There may be, from this time on. */
        record Later(Instant when) implements Taken {}
    }

    /**
     * Takes a ticket, if nobody else has it and it is time.
     *
     * @param running whether this node is at work on an image
     */
    Taken take(Ticket ticket, Predicate<ImageKey> running) {
        Optional<ImageKey> waiting = store.image(ticket);
        Instant now = clock.instant();
        if (waiting.isEmpty()) {
            if (ticket.time().plus(ASKING).isBefore(now)) {
                drop(ticket);
            }
            return new Taken.Gone();
        }
        ImageKey image = waiting.get();
        if (running.test(image)) {
            return new Taken.Later(now.plus(nodes.interval()));
        }
        Stored before = store.find(image);
        ImageRecord record = before.record().orElseGet(() -> ImageRecord.fresh(now));
        if (record.request().isEmpty()) {
            if (record.last().equals(ticket.name()) || isAnswered(record, ticket.priority())) {
                drop(ticket);
                return new Taken.Gone();
            }
            record = record.asked(ticket, ticket.time());
        }
        Request request = record.request().orElseThrow();
        if (!request.ticket().equals(ticket)) {
            // Either it was replaced, or it is about to replace the other one.
            if (ticket.time().plus(ASKING).isBefore(now)) {
                drop(ticket);
                return new Taken.Gone();
            }
            return new Taken.Later(ticket.time().plus(ASKING));
        }
        if (request.claim().isPresent()) {
            String node = request.claim().get().node();
            if (!node.equals(settings.node()) && nodes.isAlive(node)) {
                return new Taken.Later(now.plus(nodes.interval()));
            }
        }
        if (request.notBefore().isAfter(now)) {
            return new Taken.Later(request.notBefore());
        }
        if (request.tries() >= settings.tries()) {
            return giveUp(image, record, before, now);
        }
        Claim claim = new Claim(
                settings.node(),
                String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong()),
                now);
        ImageRecord taken = record.with(Optional.of(
                new Request(ticket, request.asked(), request.tries() + 1, request.notBefore(), Optional.of(claim))));
        if (!store.put(image, taken, before)) {
            // Another node was faster.
            return new Taken.Later(now.plus(nodes.interval()));
        }
        return new Taken.Mine(image, ticket, taken, claim);
    }

    /** An image at which nodes die must not kill one after the other. */
    private Taken giveUp(ImageKey image, ImageRecord record, Stored before, Instant now) {
        Ticket ticket = record.request().orElseThrow().ticket();
        ImageRecord ended = record.ended(
                ImageRecord.State.FAILED,
                now,
                now,
                "It was begun " + settings.tries() + " times, and the process that did it has ended each time");
        if (store.put(image, ended, before)) {
            LOG.warn("The scan of {} was given up: {}", image, ended.reason());
            drop(ticket);
            return new Taken.Gone();
        }
        return new Taken.Later(now.plus(nodes.interval()));
    }

    /** Changes the record of an image that this node has taken. */
    interface Change {
        /** Returns what the record becomes. */
        ImageRecord of(ImageRecord record);
    }

    /**
     * Ends what this node has taken, unless it was given to another one meanwhile.
     *
     * @return the new record; empty if it is not this node's any more
     */
    Optional<ImageRecord> end(ImageKey image, Claim claim, Change change) {
        for (int i = 0; i < MOST_RACES; i++) {
            Stored before = store.find(image);
            Optional<Request> request = before.record()
                    .flatMap(ImageRecord::request)
                    .filter(open -> open.claim().filter(claim::equals).isPresent());
            if (request.isEmpty()) {
                return Optional.empty();
            }
            ImageRecord after = change.of(before.record().orElseThrow());
            if (store.put(image, after, before)) {
                if (after.request().isEmpty()) {
                    drop(request.get().ticket());
                }
                return Optional.of(after);
            }
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "The scan of " + image + " could not be ended, since others change its state all the time");
    }

    /** Forgets an image that this node has taken, and which the registry does not have any more. */
    void forget(ImageKey image, Claim claim) {
        Stored before = store.find(image);
        before.record()
                .flatMap(ImageRecord::request)
                .filter(open -> open.claim().filter(claim::equals).isPresent())
                .ifPresent(request -> {
                    store.forget(image, before);
                    drop(request.ticket());
                });
    }

    /** What is left of a ticket is found by whoever takes it next. */
    private void drop(Ticket ticket) {
        try {
            store.deleteTicket(ticket);
        } catch (RegistryException e) {
            LOG.debug("A place in the queue of scans was not removed", e);
        }
    }
}
