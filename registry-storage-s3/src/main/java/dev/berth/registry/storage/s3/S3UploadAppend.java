package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One append to an upload. Writes objects that nothing refers to, and then adds them to the upload by replacing its
 * state. So two appends never mix, and a failed one leaves no trace in the upload.
 *
 * <p>An append that does not fill a part becomes one object, a chunk. One that does becomes a segment: an object of
 * equal parts that starts at a part boundary. Only for that, the chunks of the part that is now full are written once
 * more.
 */
final class S3UploadAppend {
    private final S3Uploads uploads;
    private final String staging;
    private final Pieces pieces;

    S3UploadAppend(S3Uploads uploads, String staging) {
        this.uploads = uploads;
        this.staging = staging;
        this.pieces = uploads.pieces(staging);
    }

    long append(long offset, InputStream content) throws IOException {
        UploadCache.Entry entry = begin(offset);
        AppendSource source = new AppendSource(content);
        long size;
        try (PartMemory.Lease memory = uploads.bucket.memory.lease()) {
            size = append(entry, source, memory);
        } catch (IOException e) {
            // Nothing of the append was kept, so the failure of the stream must not be thrown: it would mean that
            // something was.
            if (source.failure() != null) {
                e.addSuppressed(source.failure());
            }
            throw e;
        }
        source.rethrow();
        return size;
    }

    /** Returns the upload if this is its current offset. A cached entry is used only once. */
    private UploadCache.Entry begin(long offset) throws IOException {
        Optional<UploadCache.Entry> cached = uploads.cache
                .take(staging)
                .filter(entry -> entry.known().state().size() == offset);
        if (cached.isPresent()) {
            return cached.get();
        }
        UploadStates.VersionedState known = uploads.states.read(staging);
        if (known.isCommitting()) {
            throw conflict("is being committed", known);
        }
        if (known.state().size() != offset) {
            throw conflict("has " + known.state().size() + " bytes; nothing can be appended at " + offset, known);
        }
        return UploadCache.Entry.of(known);
    }

    private long append(UploadCache.Entry entry, AppendSource source, PartMemory.Lease memory) throws IOException {
        UploadState state = entry.known().state();
        int tailBytes = (int) (state.size() - state.tailStart());
        PartBuffer buffer = entry.tail()
                .orElseGet(() -> new PartBuffer(state.partBytes(), memory))
                .countedBy(memory);
        boolean tailKnown = entry.tail().isPresent() || tailBytes == 0;
        int before = buffer.size();
        buffer.fill(source, before + state.partBytes() - tailBytes);
        int added = buffer.size() - before;
        if (added == 0) {
            uploads.states.read(staging);
            return state.size();
        }
        if (tailBytes + added < state.partBytes()) {
            return addChunk(entry, buffer, before, tailKnown);
        }
        byte[] head = new byte[0];
        if (!tailKnown) {
            memory.take(tailBytes);
            head = pieces.read(tail(state));
        }
        return addSegments(entry, head, buffer, source, memory);
    }

    private List<Pieces.Piece> tail(UploadState state) throws IOException {
        return Pieces.slice(pieces.all(state), state.tailStart(), state.size() - state.tailStart());
    }

    private long addChunk(UploadCache.Entry entry, PartBuffer buffer, int before, boolean tailKnown)
            throws IOException {
        UploadState state = entry.known().state();
        String name = pieces.chunk(entry.writer(), state.size());
        uploads.bucket.put(name, buffer.from(before));
        UploadStates.VersionedState known =
                replace(entry.known(), state.withChunk(entry.writer(), buffer.size() - before), List.of(name));
        Optional<PartBuffer> tail = tailKnown ? Optional.of(buffer) : Optional.empty();
        uploads.cache.keep(staging, new UploadCache.Entry(known, entry.writer(), tail));
        return known.state().size();
    }

    /**
     * Writes full parts.
     *
     * @param head the start of the first part, before the content of the buffer
     */
    private long addSegments(
            UploadCache.Entry entry, byte[] head, PartBuffer buffer, AppendSource source, PartMemory.Lease memory)
            throws IOException {
        UploadState state = entry.known().state();
        List<UploadState.Segment> added = new ArrayList<>();
        List<String> names = new ArrayList<>();
        byte[] first = head;
        PartBuffer next = buffer;
        PartBuffer last;
        while (true) {
            SegmentWriter segment = new SegmentWriter(uploads.bucket, memory, pieces, state.partBytes());
            last = segment.write(first, next, source);
            added.add(segment.segment());
            names.add(pieces.segment(segment.segment().name()));
            if (!source.hasMore()) {
                break;
            }
            uploads.states.read(staging);
            first = new byte[0];
            next.clear();
            next.fill(source, state.partBytes());
        }
        UploadState after = state.withSegments(added);
        UploadStates.VersionedState known = replace(entry.known(), after, names);
        dropWhatWasTakenOver(state, after);
        boolean tailKnown = last.size() == after.size() - after.tailStart();
        uploads.cache.keep(
                staging,
                new UploadCache.Entry(known, entry.writer(), tailKnown ? Optional.of(last) : Optional.empty()));
        return after.size();
    }

    /** Deletes the chunks that are now in full parts. If that fails, they are deleted with the upload. */
    private void dropWhatWasTakenOver(UploadState before, UploadState after) {
        UninterruptedCleanup.run(new IOException("Not needed any more"), () -> {
            List<String> names = new ArrayList<>();
            pieces.chunks(before).forEach(piece -> names.add(piece.name()));
            for (UploadState.Segment segment : before.segments()) {
                if (after.segments().stream().noneMatch(kept -> kept.name().equals(segment.name()))) {
                    names.add(pieces.segment(segment.name()));
                }
            }
            uploads.bucket.deleteAll(names);
        });
    }

    /** Makes these new objects part of the upload, or removes them if a concurrent change has won. */
    private UploadStates.VersionedState replace(
            UploadStates.VersionedState before, UploadState after, List<String> added) throws IOException {
        Optional<UploadStates.VersionedState> replaced = uploads.states.replace(staging, before, after);
        if (replaced.isPresent()) {
            return replaced.get();
        }
        IOException lost = uploads.lost(staging);
        UninterruptedCleanup.run(lost, () -> uploads.bucket.deleteAll(added));
        throw lost;
    }

    private UploadConflictException conflict(String why, UploadStates.VersionedState known) {
        return new UploadConflictException(
                "The upload " + staging + " " + why, known.state().size());
    }
}
