package dev.berth.registry.quota;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.compose.ForwardingBlobUpload;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** An upload to a repository with a quota. One that is refused ends, since what it has stored would stay reserved. */
final class QuotaUpload extends ForwardingBlobUpload {
    private final Blobs blobs;
    private final RepositoryName repository;
    private final Quotas quotas;

    QuotaUpload(BlobUpload upload, Blobs blobs, RepositoryName repository, Quotas quotas) {
        super(upload);
        this.blobs = blobs;
        this.repository = repository;
        this.quotas = quotas;
    }

    @Override
    public long append(long offset, BlobSource content) {
        return append(content, source -> delegate().append(offset, source));
    }

    @Override
    public long append(OptionalLong offset, BlobSource content) {
        return append(content, source -> delegate().append(offset, source));
    }

    private long append(BlobSource content, Function<BlobSource, Long> append) {
        return use((hold, operation) -> {
            long end = hand(hold, content, append, () -> false);
            // Another node may have appended before.
            refusing(() -> hold.ensure(end, take(() -> false)));
            return end;
        });
    }

    @Override
    public Descriptor commit(Digest expected) {
        return commit(expected, BlobSource.of(new byte[0]), source -> delegate().commit(expected));
    }

    @Override
    public Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
        return commit(expected, last, source -> delegate().commit(offset, source, expected));
    }

    private Descriptor commit(Digest expected, BlobSource last, Function<BlobSource, Descriptor> commit) {
        return use((hold, operation) -> {
            Item item = Item.blob(expected);
            operation.touch(item);
            Descriptor blob =
                    hand(hold, last, commit, () -> blobs.find(expected).isPresent());
            operation.shown(item, blob.size());
            hold.spend(operation.activity());
            quotas.uploads().ended(id());
            return blob;
        });
    }

    /** A use of the upload. */
    private interface Use<T> {
        T with(UploadHold hold, Operation operation);
    }

    private <T> T use(Use<T> use) {
        UploadId before = id();
        UploadHold hold = quotas.uploads().enter(before, () -> quotas.reservation(repository));
        try (Operation operation = quotas.begin(repository, false)) {
            return use.with(hold, operation);
        } finally {
            quotas.uploads().leave(hold, before, id());
        }
    }

    /** Hands content on for which there is room. */
    private <T> T hand(UploadHold hold, BlobSource content, Function<BlobSource, T> call, BooleanSupplier free) {
        AtomicLong taken = new AtomicLong();
        GuardedSource guarded = new GuardedSource(content, bytes -> hold.add(bytes, take(free), taken::addAndGet));
        refusing(() -> {
            hold.makeExact(delegate()::offset, take(free));
            if (content.size().isPresent()) {
                hold.add(content.size().getAsLong(), take(free), taken::addAndGet);
            }
        });
        try {
            return call.apply(content.size().isPresent() ? content : guarded);
        } catch (RegistryException e) {
            hold.failed(taken.get());
            if (guarded.refusal().isPresent()) {
                discard();
                throw guarded.refusal().get();
            }
            if (e.code() == ErrorCode.DIGEST_INVALID || e.code() == ErrorCode.BLOB_UPLOAD_UNKNOWN) {
                quotas.uploads().ended(id());
            }
            throw e;
        }
    }

    private UploadHold.Take take(BooleanSupplier free) {
        return (reservation, bytes) -> quotas.reserve(reservation, new Amount(bytes, 0), free);
    }

    private void refusing(Runnable reserve) {
        try {
            reserve.run();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.DENIED) {
                discard();
            }
            throw e;
        }
    }

    private void discard() {
        try {
            delegate().cancel();
        } catch (RegistryException e) {
            // It expires.
        }
        quotas.uploads().ended(id());
    }

    @Override
    public void cancel() {
        delegate().cancel();
        quotas.uploads().ended(id());
    }
}
