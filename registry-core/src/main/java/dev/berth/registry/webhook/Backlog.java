package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.EndpointQueue;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.internal.eventlog.SegmentName;
import dev.berth.registry.internal.eventlog.SetAside;
import dev.berth.registry.internal.eventlog.SettledNames;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.eventlog.UnreadableException;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.webhook.Lane.Item;
import dev.berth.registry.webhook.Lane.Loaded;
import dev.berth.registry.webhook.Lane.Part;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one endpoint, as the holder of its lease knows it: which segments there are, and some of them in memory,
 * as lanes. A segment leaves the store when each of its messages is delivered, given up, or in an object of its lane. For
 * one thread.
 */
final class Backlog {
    private final String endpoint;
    private final EndpointQueue queue;
    private final StoreLease lease;
    private final Told told;
    private final DeliveryTally tally;
    private final SetAside aside;
    private final SettledNames<SegmentName> settled = new SettledNames<>();
    private final TreeSet<SegmentName> waiting = new TreeSet<>();
    private final TreeMap<SegmentName, Loaded> loaded = new TreeMap<>();
    private final TreeSet<SegmentName> unreadable = new TreeSet<>();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final List<Loaded> done = new ArrayList<>();
    private final Map<String, List<SegmentName>> doneParts = new LinkedHashMap<>();
    private @Nullable SegmentName last;

    Backlog(
            ObjectStore store,
            String endpoint,
            StoreLease lease,
            Told told,
            DeliveryTally tally,
            WebhookOptions options) {
        this.endpoint = endpoint;
        this.queue = new EndpointQueue(store, endpoint);
        this.lease = lease;
        this.told = told;
        this.tally = tally;
        this.aside = new SetAside(store, options.setAsideAfter());
    }

    boolean hasAnyStored() throws IOException {
        return queue.hasAny();
    }

    /** Looks through all of it anew, as a new holder or before it is taken to be empty. */
    void begin() throws IOException {
        clear();
        queue.parked().forEach((key, names) -> {
            Lane lane = new Lane(key);
            lane.parked.addAll(names);
            lanes.put(key, lane);
        });
        if (discover()) {
            boolean unused = discover();
        }
    }

    void clear() {
        settled.reset();
        waiting.clear();
        loaded.clear();
        unreadable.clear();
        lanes.clear();
        done.clear();
        doneParts.clear();
        aside.reset();
        last = null;
    }

    /** Looks for new segments, and returns whether there are some that may be used after the next look. */
    boolean discover() throws IOException {
        for (SegmentName name : settled.next(queue.segments(Optional.ofNullable(last)))) {
            waiting.add(name);
            last = name;
        }
        return settled.newcomers();
    }

    /** Loads segments until so many messages are in memory. */
    void load(int most, Instant now) throws IOException {
        setAside(now);
        while (inMemory() < most && !waiting.isEmpty()) {
            load(waiting.first(), now);
        }
    }

    private long inMemory() {
        return loaded.values().stream().mapToLong(segment -> segment.remaining).sum();
    }

    private void load(SegmentName name, Instant now) throws IOException {
        try {
            Optional<List<QueuedMessage>> found = queue.read(name);
            waiting.remove(name);
            if (found.isEmpty()) {
                return;
            }
            Loaded segment = new Loaded(name, found.get().size());
            loaded.put(name, segment);
            for (QueuedMessage message : found.get()) {
                lanes.computeIfAbsent(EndpointQueue.laneKey(message.lane()), Lane::new)
                        .items
                        .add(new Item(message, segment));
            }
            closeIfDone(segment);
        } catch (UnreadableException e) {
            told.storeFailed("read the segment " + name + " of the queue of the webhook " + endpoint, e);
            boolean unused = aside.due(name.toString(), now);
            waiting.remove(name);
            unreadable.add(name);
        }
    }

    private void setAside(Instant now) throws IOException {
        for (SegmentName name : List.copyOf(unreadable)) {
            if (aside.due(name.toString(), now)) {
                Optional<byte[]> content = queue.bytes(name);
                if (content.isPresent()) {
                    aside.keep(name.toString(), content.get(), now);
                }
                queue.delete(List.of(name));
                unreadable.remove(name);
                tally.addDropped(name.count());
                told.dropped(
                        endpoint,
                        name.count(),
                        "a part of the queue is damaged or of a later version; it was set aside");
            }
        }
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    /** Returns some messages of a lane, in order, from the first one on; they stay in it. */
    List<QueuedMessage> first(Lane lane, int most, Instant now) throws IOException {
        while (lane.part == null && !lane.parked.isEmpty()) {
            open(lane, now);
        }
        if (lane.isEmpty()) {
            lanes.remove(lane.key);
        }
        Part part = lane.part;
        if (part != null) {
            return part.messages.stream().limit(most).toList();
        }
        return lane.items.stream().limit(most).map(Item::message).toList();
    }

    private void open(Lane lane, Instant now) throws IOException {
        SegmentName name = lane.parked.first();
        try {
            Optional<List<QueuedMessage>> found = queue.readParked(lane.key, name);
            if (found.isPresent() && !found.get().isEmpty()) {
                lane.part = new Part(name, new ArrayDeque<>(found.get()));
                return;
            }
        } catch (UnreadableException e) {
            // What is set apart was read by this version or a later one before: it is damaged, and is not waited for.
            Optional<byte[]> content = queue.parkedBytes(lane.key, name);
            if (content.isPresent()) {
                aside.keep(lane.key + name, content.get(), now);
            }
            tally.addDropped(name.count());
            told.dropped(endpoint, name.count(), "a part of the queue is damaged; it was set aside");
        }
        lane.parked.remove(name);
        doneParts.computeIfAbsent(lane.key, any -> new ArrayList<>()).add(name);
    }

    /** Takes the first message out of a lane: it is delivered, or given up. */
    void finishFirst(Lane lane) {
        Part part = lane.part;
        if (part != null) {
            part.messages.remove();
            if (part.messages.isEmpty()) {
                lane.part = null;
                lane.parked.remove(part.name);
                doneParts.computeIfAbsent(lane.key, any -> new ArrayList<>()).add(part.name);
            }
        } else {
            Loaded segment = lane.items.remove().segment();
            segment.remaining--;
            closeIfDone(segment);
        }
        if (lane.isEmpty()) {
            lanes.remove(lane.key);
        }
    }

    private void closeIfDone(Loaded segment) {
        if (segment.remaining == 0) {
            loaded.remove(segment.name);
            done.add(segment);
        }
    }

    /** Puts the messages of a lane that are in segments into objects of the lane, so that the segments need not stay. */
    void park(Lane lane) throws IOException {
        while (!lane.items.isEmpty()) {
            Loaded segment = lane.items.element().segment();
            List<QueuedMessage> messages = new ArrayList<>();
            long bytes = 0;
            for (Item item : lane.items) {
                if (item.segment() != segment) {
                    break;
                }
                messages.add(item.message());
                bytes += item.message().payload().length;
            }
            SegmentName name = new SegmentName(segment.name.term(), segment.name.number(), messages.size(), bytes);
            queue.park(messages.get(0).lane(), name, messages);
            lane.parked.add(name);
            for (int i = 0; i < messages.size(); i++) {
                lane.items.remove();
            }
            segment.split = true;
            segment.remaining -= messages.size();
            closeIfDone(segment);
        }
    }

    int finished() {
        return done.size() + doneParts.size();
    }

    /** Deletes what is finished; returns whether this node has the lease still. */
    boolean sweep() throws IOException {
        if (!done.isEmpty()) {
            // What was set apart must be what the next holder finds.
            if (done.stream().anyMatch(segment -> segment.split) && !lease.confirm()) {
                return false;
            }
            queue.delete(done.stream().map(segment -> segment.name).toList());
            done.clear();
        }
        for (Iterator<Map.Entry<String, List<SegmentName>>> parts =
                        doneParts.entrySet().iterator();
                parts.hasNext(); ) {
            Map.Entry<String, List<SegmentName>> part = parts.next();
            queue.deleteParked(part.getKey(), part.getValue());
            parts.remove();
        }
        return true;
    }

    /** Writes what is left of segments of which a part is delivered, so that it need not be delivered again. */
    void saveProgress() throws IOException {
        if (!sweep() || loaded.isEmpty() || !lease.confirm()) {
            return;
        }
        Map<SegmentName, List<QueuedMessage>> left = new LinkedHashMap<>();
        for (Lane lane : lanes.values()) {
            for (Item item : lane.items) {
                Loaded segment = item.segment();
                if (segment.remaining < segment.name.count()) {
                    left.computeIfAbsent(segment.name, any -> new ArrayList<>()).add(item.message());
                }
            }
        }
        for (Map.Entry<SegmentName, List<QueuedMessage>> segment : left.entrySet()) {
            queue.write(segment.getKey(), segment.getValue());
        }
    }

    /** Returns whether nothing is known to wait. */
    boolean isEmpty() {
        return waiting.isEmpty() && loaded.isEmpty() && unreadable.isEmpty() && lanes.isEmpty() && finished() == 0;
    }

    /** Returns whether there are segments that are not in memory. */
    boolean hasMore() {
        return !waiting.isEmpty();
    }

    long pending() {
        long parked = 0;
        for (Lane lane : lanes.values()) {
            parked += lane.parked.stream().mapToLong(SegmentName::count).sum();
            if (lane.part != null) {
                parked -= lane.part.name.count() - lane.part.messages.size();
            }
        }
        return parked
                + inMemory()
                + waiting.stream().mapToLong(SegmentName::count).sum();
    }

    long pendingBytes() {
        long parked = lanes.values().stream()
                .flatMap(lane -> lane.parked.stream())
                .mapToLong(SegmentName::bytes)
                .sum();
        return parked
                + loaded.keySet().stream().mapToLong(SegmentName::bytes).sum()
                + waiting.stream().mapToLong(SegmentName::bytes).sum();
    }

    /** Returns since when the oldest message in memory waits. */
    @Nullable Instant oldest() {
        Instant oldest = null;
        for (Lane lane : lanes.values()) {
            QueuedMessage first = lane.part != null
                    ? lane.part.messages.peek()
                    : lane.items.isEmpty() ? null : lane.items.element().message();
            if (first != null && (oldest == null || first.since().isBefore(oldest))) {
                oldest = first.since();
            }
        }
        return oldest;
    }

    /** Returns the lane with the oldest message of all, after loading it if need be, or null if there is none. */
    @Nullable Lane oldestLane(Instant now) throws IOException {
        SegmentName oldest = waiting.isEmpty() ? null : waiting.first();
        Lane found = null;
        for (Lane lane : lanes.values()) {
            SegmentName name = !lane.parked.isEmpty()
                    ? lane.parked.first()
                    : lane.items.element().segment().name;
            if (oldest == null || name.compareTo(oldest) < 0) {
                oldest = name;
                found = lane;
            }
        }
        if (found == null && oldest != null) {
            load(oldest, now);
            return oldestLane(now);
        }
        return found;
    }
}
