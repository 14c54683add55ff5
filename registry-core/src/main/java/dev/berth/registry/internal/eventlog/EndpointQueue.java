package dev.berth.registry.internal.eventlog;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What waits for one receiver: segments of its queue in {@code _berth/events/queues/<receiver>/}, and what was taken out of
 * them for lanes that are held up, in {@code _berth/events/parked/<receiver>/<lane>/}. Thread-safe.
 */
public final class EndpointQueue {
    private static final int LANE_HEX = 40;

    private final ObjectStore store;
    private final KeyPrefix queue;
    private final KeyPrefix parked;

    /** Creates a view of the queue of a receiver. */
    public EndpointQueue(ObjectStore store, String receiver) {
        this.store = store;
        this.queue = ReceiverKeys.of(ReceiverKeys.QUEUES, receiver);
        this.parked = ReceiverKeys.of(ReceiverKeys.PARKED, receiver);
    }

    /** Returns the receivers that have something in a queue, whether or not anybody knows them. */
    public static List<String> receivers(ObjectStore store) throws IOException {
        TreeMap<String, Boolean> names = new TreeMap<>();
        for (KeyPrefix area : List.of(ReceiverKeys.QUEUES, ReceiverKeys.PARKED, ReceiverKeys.DEAD)) {
            ListRequest request = ListRequest.level(area);
            while (true) {
                ListPage page = store.list(request);
                for (String name : page.names()) {
                    String segment = name.substring(area.value().length());
                    names.put(ReceiverKeys.name(segment.replace("/", "")), true);
                }
                if (page.last()) {
                    break;
                }
                request = request.after(page.names().get(page.names().size() - 1));
            }
        }
        return List.copyOf(names.keySet());
    }

    /** Deletes all that waits for a receiver, and what was given up. */
    public static void deleteAll(ObjectStore store, String receiver) throws IOException {
        store.deleteTree(ReceiverKeys.of(ReceiverKeys.QUEUES, receiver));
        store.deleteTree(ReceiverKeys.of(ReceiverKeys.PARKED, receiver));
        store.deleteTree(ReceiverKeys.of(ReceiverKeys.DEAD, receiver));
    }

    /** Returns whether there is something to deliver. */
    public boolean hasAny() throws IOException {
        return !store.list(ListRequest.tree(queue).limit(1)).names().isEmpty()
                || !store.list(ListRequest.tree(parked).limit(1)).names().isEmpty();
    }

    /** Returns the segments after this one, or all. */
    public List<SegmentName> segments(Optional<SegmentName> after) throws IOException {
        List<SegmentName> all = new ArrayList<>();
        ListRequest request = ListRequest.tree(queue);
        if (after.isPresent()) {
            request = request.after(queue + after.get().toString());
        }
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                SegmentName.parse(name.substring(queue.value().length())).ifPresent(all::add);
            }
            if (page.last()) {
                return all;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    /** Writes a segment. */
    public void write(SegmentName name, List<QueuedMessage> messages) throws IOException {
        store.put(queue.key(name.toString()), QueueText.write(messages), PutCondition.always());
    }

    /** Reads a segment, or returns empty if it is gone. */
    public Optional<List<QueuedMessage>> read(SegmentName name) throws IOException, UnreadableException {
        return messages(queue.key(name.toString()));
    }

    /** Returns the bytes of a segment as they are. */
    public Optional<byte[]> bytes(SegmentName name) throws IOException {
        return WholeObject.read(store, queue.key(name.toString()));
    }

    /** Deletes segments. */
    public void delete(Collection<SegmentName> names) throws IOException {
        delete(queue, names);
    }

    /** Returns what is set apart, by the {@link #laneKey} of its lane, each in order. */
    public Map<String, List<SegmentName>> parked() throws IOException {
        TreeMap<String, List<SegmentName>> all = new TreeMap<>();
        ListRequest request = ListRequest.tree(parked);
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                String rest = name.substring(parked.value().length());
                int slash = rest.indexOf('/');
                if (slash > 0) {
                    SegmentName.parse(rest.substring(slash + 1))
                            .ifPresent(found -> all.computeIfAbsent(rest.substring(0, slash), any -> new ArrayList<>())
                                    .add(found));
                }
            }
            if (page.last()) {
                return all;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    /** Sets apart messages of one lane, under the name of the segment that they are in, or another count of it. */
    public void park(String lane, SegmentName name, List<QueuedMessage> messages) throws IOException {
        store.put(lane(lane).key(name.toString()), QueueText.write(messages), PutCondition.always());
    }

    /** Reads what is set apart, or returns empty if it is gone. */
    public Optional<List<QueuedMessage>> readParked(String laneKey, SegmentName name)
            throws IOException, UnreadableException {
        return messages(KeyPrefix.of(parked + laneKey + "/").key(name.toString()));
    }

    /** Returns the bytes of what is set apart as they are. */
    public Optional<byte[]> parkedBytes(String laneKey, SegmentName name) throws IOException {
        return WholeObject.read(store, KeyPrefix.of(parked + laneKey + "/").key(name.toString()));
    }

    /** Deletes what was set apart. */
    public void deleteParked(String laneKey, Collection<SegmentName> names) throws IOException {
        delete(KeyPrefix.of(parked + laneKey + "/"), names);
    }

    /** Returns how a lane is called in keys. */
    public static String laneKey(String lane) {
        return Digest.sha256(lane.getBytes(StandardCharsets.UTF_8)).hex().substring(0, LANE_HEX);
    }

    private KeyPrefix lane(String lane) {
        return KeyPrefix.of(parked + laneKey(lane) + "/");
    }

    private Optional<List<QueuedMessage>> messages(ObjectKey key) throws IOException, UnreadableException {
        Optional<byte[]> found = WholeObject.read(store, key);
        return found.isPresent() ? Optional.of(QueueText.read(found.get())) : Optional.empty();
    }

    private void delete(KeyPrefix prefix, Collection<SegmentName> names) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        names.forEach(name -> batch.delete(prefix.key(name.toString())));
        store.apply(batch.build());
    }
}
