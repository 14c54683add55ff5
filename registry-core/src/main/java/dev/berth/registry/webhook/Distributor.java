package dev.berth.registry.webhook;

import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.EndpointQueue;
import dev.berth.registry.internal.eventlog.EventLog;
import dev.berth.registry.internal.eventlog.LogEntry;
import dev.berth.registry.internal.eventlog.LogName;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.internal.eventlog.SegmentName;
import dev.berth.registry.internal.eventlog.SetAside;
import dev.berth.registry.internal.eventlog.SettledNames;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.eventlog.UnreadableException;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves entries of the log into the queues of the endpoints that want them. One node does it at a time. The order of its
 * steps is what order and completeness rest on, as {@link dev.berth.registry.internal.eventlog} says: list, read the
 * endpoints, write the segments of all queues, confirm the lease, delete the entries. For one thread.
 */
final class Distributor {
    /** How many entries are moved together. */
    private static final int CHUNK_ENTRIES = 500;

    private static final long CHUNK_BYTES = 16L << 20;
    private static final int PREFETCHED = 16;
    static final int SEGMENT_MESSAGES = 100;
    private static final long SEGMENT_BYTES = 1L << 20;

    private final ObjectStore store;
    private final EventLog eventLog;
    private final EndpointDirectory directory;
    private final StoreLease lease;
    private final Told told;
    private final Consumer<String> queued;
    private final InstantSource clock;
    private final SetAside aside;
    private final SettledNames<LogName> settled = new SettledNames<>();
    private final Set<LogName> unreadable = new HashSet<>();
    private final Deque<LogName> ready = new ArrayDeque<>();
    private @Nullable Chunk chunk;
    private long term;
    private long number;

    Distributor(
            ObjectStore store,
            EventLog eventLog,
            EndpointDirectory directory,
            StoreLease lease,
            Told told,
            WebhookOptions options,
            Consumer<String> queued) {
        this.store = store;
        this.eventLog = eventLog;
        this.directory = directory;
        this.lease = lease;
        this.told = told;
        this.queued = queued;
        this.clock = options.clock();
        this.aside = new SetAside(store, options.setAsideAfter());
    }

    private record Segment(String endpoint, SegmentName name, List<QueuedMessage> messages) {}

    /** Entries that were read, what is still to be written of them, and what then is to be deleted. */
    private record Chunk(Deque<Segment> segments, List<LogName> entries) {}

    /** Takes a step, and returns whether there may be another one to be taken at once. */
    boolean step() throws IOException {
        if (!lease.held()) {
            reset();
            return false;
        }
        if (lease.term() != term) {
            reset();
            term = lease.term();
        }
        if (chunk == null && ready.isEmpty()) {
            List<LogName> names = eventLog.list();
            List<LogName> next = settled.next(names);
            unreadable.retainAll(new HashSet<>(names));
            setAside();
            next.removeAll(unreadable);
            ready.addAll(next);
            if (ready.isEmpty()) {
                return settled.newcomers();
            }
        }
        if (chunk == null) {
            chunk = read();
        }
        return finish(chunk);
    }

    private void reset() {
        settled.reset();
        ready.clear();
        unreadable.clear();
        aside.reset();
        chunk = null;
        number = 0;
    }

    /** A chunk stays until all of it is done, so that a store that fails in between does not make its messages twice. */
    private boolean finish(Chunk current) throws IOException {
        while (!current.segments().isEmpty()) {
            Segment segment = current.segments().element();
            if (!lease.held()) {
                return false;
            }
            new EndpointQueue(store, segment.endpoint()).write(segment.name(), segment.messages());
            told.queued(segment.endpoint(), segment.messages().size());
            queued.accept(segment.endpoint());
            current.segments().remove();
        }
        if (!current.entries().isEmpty()) {
            if (!lease.confirm()) {
                return false;
            }
            eventLog.delete(current.entries());
        }
        chunk = null;
        return true;
    }

    private Chunk read() throws IOException {
        List<LogName> names = new ArrayList<>();
        List<LogEntry> entries = new ArrayList<>();
        long bytes = 0;
        Deque<Prefetch<Optional<byte[]>>> ahead = new ArrayDeque<>();
        List<LogName> order = new ArrayList<>(ready);
        int started = 0;
        int taken = 0;
        try {
            for (int i = 0; i < order.size() && i < CHUNK_ENTRIES && bytes < CHUNK_BYTES; i++) {
                for (; started < order.size() && started < CHUNK_ENTRIES && started <= i + PREFETCHED; started++) {
                    LogName name = order.get(started);
                    ahead.add(store.prefetch(() -> eventLog.read(name), unused -> {}));
                }
                LogName name = order.get(i);
                Optional<byte[]> found;
                try (Prefetch<Optional<byte[]>> read = ahead.remove()) {
                    found = read.get();
                }
                if (found.isPresent()) {
                    try {
                        entries.add(EventLog.parse(found.get()));
                        bytes += found.get().length;
                        names.add(name);
                    } catch (UnreadableException e) {
                        unreadable.add(name);
                        told.storeFailed("read the entry " + name + " of the log of events", e);
                        aside.due(name.text(), clock.instant());
                    }
                }
                taken++;
            }
        } finally {
            ahead.forEach(Prefetch::close);
        }
        Chunk read = queue(names, entries);
        for (; taken > 0; taken--) {
            ready.remove();
        }
        return read;
    }

    /** What is published for an endpoint after it was added is after that in the log: so the endpoints are read after it. */
    private Chunk queue(List<LogName> names, List<LogEntry> entries) throws IOException {
        Directory endpoints = entries.isEmpty() ? directory.known() : directory.refresh();
        Map<String, List<QueuedMessage>> queues = new LinkedHashMap<>();
        List<LogName> done = new ArrayList<>();
        Instant now = clock.instant();
        for (int i = 0; i < entries.size(); i++) {
            List<RegistryEvent> events;
            try {
                events = EventCodec.decode(entries.get(i).payload());
            } catch (MalformedJsonException e) {
                unreadable.add(names.get(i));
                told.storeFailed("read the events in the entry " + names.get(i) + " of the log", e);
                aside.due(names.get(i).text(), now);
                continue;
            }
            done.add(names.get(i));
            for (DirectoryEntry endpoint : endpoints.entries()) {
                List<QueuedMessage> messages = messages(endpoint, entries.get(i), events, now);
                if (!messages.isEmpty()) {
                    queues.computeIfAbsent(endpoint.name(), any -> new ArrayList<>())
                            .addAll(messages);
                }
            }
        }
        Deque<Segment> segments = new ArrayDeque<>();
        queues.forEach((endpoint, messages) -> split(endpoint, messages, segments));
        return new Chunk(segments, done);
    }

    private static List<QueuedMessage> messages(
            DirectoryEntry endpoint, LogEntry entry, List<RegistryEvent> events, Instant now) {
        if (entry.receiver().isPresent()) {
            // Sent again by hand, whatever the filter says now.
            return entry.receiver().get().equals(endpoint.name()) ? messages(entry, events, now) : List.of();
        }
        if (!endpoint.takes()) {
            return List.of();
        }
        return messages(
                entry, events.stream().filter(endpoint.filter()::matches).toList(), now);
    }

    private static List<QueuedMessage> messages(LogEntry entry, List<RegistryEvent> events, Instant now) {
        if (events.isEmpty()) {
            return List.of();
        }
        if (entry.reads()) {
            return List.of(message("", events, now));
        }
        return events.stream()
                .map(event -> message(event.repository().value(), List.of(event), now))
                .toList();
    }

    private static QueuedMessage message(String lane, List<RegistryEvent> events, Instant now) {
        return new QueuedMessage(events.get(0).id().value(), lane, now, EventCodec.encode(events));
    }

    private void split(String endpoint, List<QueuedMessage> messages, Deque<Segment> segments) {
        List<QueuedMessage> part = new ArrayList<>();
        long bytes = 0;
        for (QueuedMessage message : messages) {
            if (part.size() == SEGMENT_MESSAGES || bytes > SEGMENT_BYTES) {
                segments.add(segment(endpoint, part, bytes));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(message);
            bytes += message.payload().length;
        }
        segments.add(segment(endpoint, part, bytes));
    }

    private Segment segment(String endpoint, List<QueuedMessage> messages, long bytes) {
        return new Segment(endpoint, new SegmentName(term, number++, messages.size(), bytes), messages);
    }

    private void setAside() throws IOException {
        List<LogName> gone = new ArrayList<>();
        for (LogName name : unreadable) {
            if (aside.due(name.text(), clock.instant())) {
                Optional<byte[]> content = eventLog.read(name);
                if (content.isPresent()) {
                    aside.keep(name.text(), content.get(), clock.instant());
                }
                gone.add(name);
            }
        }
        if (!gone.isEmpty()) {
            eventLog.delete(gone);
            unreadable.removeAll(new HashSet<>(gone));
            told.dropped("", gone.size(), "an entry of the log is damaged or of a later version; it was set aside");
        }
    }
}
