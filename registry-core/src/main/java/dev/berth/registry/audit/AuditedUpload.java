package dev.berth.registry.audit;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.compose.ForwardingBlobUpload;
import java.util.OptionalLong;

/** An upload to an {@link Audited} registry, which a quota may end. */
final class AuditedUpload extends ForwardingBlobUpload {
    private static final String APPEND = "push a blob to ";

    private final Auditor auditor;

    AuditedUpload(BlobUpload delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    @Override
    public long append(long offset, BlobSource content) {
        return auditor.change(() -> APPEND, () -> super.append(offset, content));
    }

    @Override
    public long append(OptionalLong offset, BlobSource content) {
        return auditor.change(() -> APPEND, () -> super.append(offset, content));
    }

    @Override
    public Descriptor commit(Digest expected) {
        return auditor.change(() -> commitOf(expected), () -> super.commit(expected));
    }

    @Override
    public Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
        return auditor.change(() -> commitOf(expected), () -> super.commit(offset, last, expected));
    }

    private static String commitOf(Digest expected) {
        return "push the blob " + expected + " to ";
    }
}
