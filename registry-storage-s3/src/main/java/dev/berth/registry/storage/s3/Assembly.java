package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Assembles the pieces of an upload to an object, by copies within the service where possible. */
final class Assembly {
    private static final long LARGEST_COPY = 5L * 1024 * 1024 * 1024;

    /** The number of parts that are copied between two checks whether the lease is to be renewed. */
    private static final int BATCH = 64;

    private static final long HEARTBEAT_NANOS =
            TimeUnit.SECONDS.toNanos(UploadStates.LEASE.dividedBy(10).toSeconds());

    private final S3Uploads uploads;
    private final String staging;
    private final Pieces pieces;
    private UploadStates.VersionedState ending;

    Assembly(S3Uploads uploads, String staging, UploadStates.VersionedState ending) {
        this.uploads = uploads;
        this.staging = staging;
        this.pieces = uploads.pieces(staging);
        this.ending = ending;
    }

    /** The state as it is by now. */
    UploadStates.VersionedState ending() {
        return ending;
    }

    void assemble(String target) throws IOException {
        UploadState state = ending.state();
        List<Pieces.Piece> all = pieces.all(state);
        if (all.size() == 1 && all.get(0).whole() && state.size() <= LARGEST_COPY) {
            uploads.bucket.copy(all.get(0).name(), target);
        } else if (state.size() <= state.partBytes()) {
            try (PartMemory.Lease memory = uploads.bucket.memory.lease()) {
                memory.take(state.size());
                uploads.bucket.put(target, pieces.read(all));
            }
        } else {
            assembleParts(target, all);
        }
    }

    private void assembleParts(String target, List<Pieces.Piece> all) throws IOException {
        UploadState state = ending.state();
        long partBytes = CopyParts.size(state.partBytes(), state.size(), boundaries(state));
        List<RequestThreads.Task<Boolean>> tasks = new ArrayList<>();
        Multipart multipart = Multipart.start(uploads.bucket, target);
        try {
            for (long offset = 0; offset < state.size(); offset += partBytes) {
                int number = (int) (offset / partBytes) + 1;
                List<Pieces.Piece> slice = Pieces.slice(all, offset, Math.min(partBytes, state.size() - offset));
                tasks.add(() -> part(multipart, number, slice));
            }
            run(tasks);
            multipart.complete();
        } catch (IOException | RuntimeException | Error e) {
            multipart.abort(e);
            throw e;
        }
    }

    /** The offsets at which segments start. A part that contains chunks is assembled here in any case. */
    private static List<Long> boundaries(UploadState state) {
        List<Long> boundaries = new ArrayList<>();
        long begin = 0;
        for (UploadState.Segment segment : state.segments()) {
            boundaries.add(begin);
            begin += segment.used();
        }
        return boundaries;
    }

    private boolean part(Multipart multipart, int number, List<Pieces.Piece> slice) throws IOException {
        if (slice.size() == 1) {
            Pieces.Piece piece = slice.get(0);
            multipart.copyPart(number, piece.name(), piece.offset(), piece.length());
        } else {
            long length = slice.stream().mapToLong(Pieces.Piece::length).sum();
            ContentStreamProvider content = ContentStreamProvider.fromInputStreamSupplier(() -> pieces.open(slice));
            multipart.part(
                    number, RequestBody.fromContentProvider(content, length, "application/octet-stream"), length);
        }
        return true;
    }

    private void run(List<RequestThreads.Task<Boolean>> tasks) throws IOException {
        long told = System.nanoTime();
        for (int done = 0; done < tasks.size(); done += BATCH) {
            uploads.threads.all(tasks.subList(done, Math.min(tasks.size(), done + BATCH)));
            if (System.nanoTime() - told > HEARTBEAT_NANOS) {
                ending = uploads.states
                        .replace(staging, ending, ending.state())
                        .orElseThrow(() -> UploadStates.gone(staging));
                told = System.nanoTime();
            }
        }
    }
}
