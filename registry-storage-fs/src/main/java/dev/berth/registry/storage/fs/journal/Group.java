package dev.berth.registry.storage.fs.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of all callers that become durable by the same write. Guarded by the journal's lock. */
final class Group {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private int callers;
    boolean done;

    @Nullable SegmentInUse segment;

    @Nullable IOException failure;

    void add(Collection<? extends JournalEntry> added) {
        for (JournalEntry entry : added) {
            EntryCodec.write(entry, entries);
        }
        callers++;
    }

    int callers() {
        return callers;
    }

    byte[] bytes() {
        return entries.toByteArray();
    }

    /** Returns the segment that has the entries. */
    SegmentInUse result() throws IOException {
        IOException failed = failure;
        if (failed instanceof NoRoomException) {
            throw new NoRoomException(failed);
        }
        if (failed != null) {
            throw new IOException("Changes cannot be made durable: " + failed.getMessage(), failed);
        }
        return Objects.requireNonNull(segment, "segment");
    }
}
