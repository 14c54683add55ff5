package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob from the upstream registry, each of which is also written to the spool. When the connection breaks or
 * stalls, it goes on where it was. Clients have the beginning while the store is made ready, which reads it again later. For one thread. Closing the stream has no effect, since whoever stores a blob closes what
 * it reads: {@link #end} ends it.
 */
final class Download extends BulkInputStream {
    /** After so many bytes, the count of failures starts again. */
    private static final long PROGRESS = 1024 * 1024;

    private static final int MOST_RESUMES = 100;
    private static final int BUFFER = 64 * 1024;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_DOUBLED = 5;

    private final Upstream upstream;
    private final Flight flight;
    private final Spool spool;
    private final Descriptor blob;
    private BlobContent content;
    private long position;
    private long given;
    private long resumedAt;
    private int resumes;
    private int allResumes;
    private @Nullable RegistryException failure;

    /** Opens a blob, or a part of it, and is told when a download goes on. */
    interface Upstream {
        BlobContent open(ByteRange range);

        void pause(Duration time) throws InterruptedException;

        int mostResumes();

        void resumed(long offset, RegistryException why);
    }

    Download(Upstream upstream, Flight flight, Spool spool, BlobContent content) {
        this.upstream = upstream;
        this.flight = flight;
        this.spool = spool;
        this.blob = content.descriptor();
        this.content = content;
        flight.from(content);
    }

    /** Returns why the download has failed for good, if it has. */
    @Nullable RegistryException failure() {
        return failure;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        int count = given < position
                ? spool.read(target, offset, (int) Math.min(length, position - given), given)
                : fetch(target, offset, length);
        given += Math.max(count, 0);
        return count;
    }

    private int fetch(byte[] target, int offset, int length) throws IOException {
        if (position == blob.size()) {
            return -1;
        }
        try {
            int count = receive(target, offset, (int) Math.min(length, blob.size() - position));
            spool(target, offset, count);
            position += count;
            flight.progress(position);
            return count;
        } catch (RegistryException e) {
            failure = e;
            throw new IOException(e.getMessage(), e);
        }
    }

    private void spool(byte[] target, int offset, int count) {
        try {
            spool.write(target, offset, count, position);
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.INSUFFICIENT_STORAGE,
                    "The mirror could not write the blob " + blob.digest() + " to its temporary file; free some space",
                    e);
        }
    }

    /** Receives at least one byte, over as many connections as it takes. */
    private int receive(byte[] target, int offset, int length) {
        while (true) {
            RegistryException broken;
            try {
                int count = content.stream().read(target, offset, length);
                if (count > 0) {
                    return count;
                }
                broken = unavailable("the upstream registry sent fewer bytes than it announced", null);
            } catch (IOException e) {
                broken = e.getCause() instanceof RegistryException told
                        ? told
                        : unavailable("the connection broke off: " + e.getMessage(), e);
            }
            goOn(broken);
        }
    }

    private RegistryException unavailable(String why, @Nullable Throwable cause) {
        String message = "Could not pull the blob " + blob.digest() + ": " + why;
        return cause == null
                ? RegistryException.of(ErrorCode.UNAVAILABLE, message)
                : RegistryException.of(ErrorCode.UNAVAILABLE, message, cause);
    }

    private void goOn(RegistryException broken) {
        content.close();
        RegistryException why = broken;
        if (position - resumedAt >= PROGRESS) {
            resumes = 0;
        }
        resumedAt = position;
        while (true) {
            if (!isTransient(why) || resumes >= upstream.mostResumes() || allResumes >= MOST_RESUMES) {
                throw why;
            }
            resumes++;
            allResumes++;
            upstream.resumed(position, why);
            try {
                upstream.pause(FIRST_PAUSE.multipliedBy(1L << Math.min(resumes - 1, MOST_DOUBLED)));
                open();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable("the thread was interrupted", e);
            } catch (RegistryException e) {
                why = e;
            }
        }
    }

    private void open() {
        BlobContent next = upstream.open(position == 0 ? ByteRange.all() : ByteRange.from(position));
        if (next.descriptor().size() != blob.size() || next.offset() != position) {
            next.close();
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "Could not pull the blob " + blob.digest() + ": the upstream registry says now that it has "
                            + next.descriptor().size() + " bytes, and not " + blob.size());
        }
        content = next;
        flight.from(next);
    }

    /** What the upstream registry sends may be wrong, or it may say that there is no such blob: neither passes. */
    private static boolean isTransient(RegistryException why) {
        return switch (why.code()) {
            case UNAVAILABLE, TOOMANYREQUESTS, UNKNOWN -> true;
            default -> false;
        };
    }

    /** Receives some of the blob as long as something else goes on. */
    void receiveWhile(BooleanSupplier goesOn) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int count = 0;
        while (count >= 0 && goesOn.getAsBoolean()) {
            count = fetch(buffer, 0, buffer.length);
        }
    }

    /** Receives what is left, which goes to the spool. */
    void drain() throws IOException {
        receiveWhile(() -> true);
    }

    /** Ends the connection. */
    void end() {
        content.close();
    }
}
