package dev.berth.registry.internal.eventlog;

import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What was published and is in no queue yet: an object for each call, below {@code _berth/events/log/}. Appending costs one
 * put; where other processes append too, one name is listed before, so that the order of names is that of acknowledgement
 * whatever their clocks say. Thread-safe, without a lock.
 */
public final class EventLog {
    private final ObjectStore store;
    private final HybridClock clock;
    private final String node;
    private final boolean shared;
    private volatile boolean begun;

    /**
     * Creates a view of the log.
     *
     * @param node 16 hexadecimal digits that no other log has
     * @param shared whether another process, or another object of this class, may append
     */
    public EventLog(ObjectStore store, InstantSource clock, String node, boolean shared) {
        this.store = store;
        this.clock = new HybridClock(clock);
        this.node = node;
        this.shared = shared;
    }

    /** Appends an entry, which is durable when this returns. */
    public void append(LogEntry entry) throws IOException {
        if (shared || !begun) {
            observeNewest();
            begun = true;
        }
        LogName name = LogName.of(clock.next(), node);
        store.put(ReceiverKeys.LOG.key(name.text()), entry.toBytes(), PutCondition.always());
    }

    /** An earlier process may have had a clock that was ahead of this one, and another node may have it now. */
    private void observeNewest() throws IOException {
        ListRequest request = ListRequest.tree(ReceiverKeys.LOG).limit(1);
        while (true) {
            ListPage page = store.list(request);
            for (LogName name : names(page)) {
                if (!name.strange() && name.time() < HybridClock.MOST) {
                    clock.observe(name.time());
                    return;
                }
            }
            if (page.last()) {
                return;
            }
            // Somebody has put something else there.
            request = request.after(page.names().get(page.names().size() - 1)).limit(ListRequest.DEFAULT_LIMIT);
        }
    }

    /** Returns the names of all entries, in no order. */
    public List<LogName> list() throws IOException {
        List<LogName> all = new ArrayList<>();
        ListRequest request = ListRequest.tree(ReceiverKeys.LOG);
        while (true) {
            ListPage page = store.list(request);
            all.addAll(names(page));
            if (page.last()) {
                return all;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    private static List<LogName> names(ListPage page) {
        int hidden = ReceiverKeys.LOG.value().length();
        return page.names().stream()
                .map(name -> LogName.parse(name.substring(hidden)))
                .toList();
    }

    /** Reads an entry, or returns empty if there is none. */
    public Optional<byte[]> read(LogName name) throws IOException {
        return WholeObject.read(store, ReceiverKeys.LOG.key(name.text()));
    }

    /** Returns the entry in these bytes. */
    public static LogEntry parse(byte[] bytes) throws UnreadableException {
        return LogEntry.parse(bytes);
    }

    /** Deletes entries. */
    public void delete(Collection<LogName> names) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        names.forEach(name -> batch.delete(ReceiverKeys.LOG.key(name.text())));
        store.apply(batch.build());
    }
}
