package dev.berth.registry.layout;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** An upload into the directory of an {@link OciLayoutRegistry}. */
final class LayoutUpload implements BlobUpload {
    private final Layout layout;
    private final LayoutUploads uploads;
    private final LayoutUploads.Session session;

    LayoutUpload(Layout layout, LayoutUploads uploads, LayoutUploads.Session session) {
        this.layout = layout;
        this.uploads = uploads;
        this.session = session;
    }

    @Override
    public UploadId id() {
        return UploadId.of(session.id());
    }

    @Override
    public long offset() {
        return call("look at", this::size);
    }

    @Override
    public long append(long offset, BlobSource content) {
        return call(
                "append to",
                () -> exclusively(() -> {
                    long size = size();
                    if (offset != size) {
                        throw conflict(size, "an append must begin there, not at " + offset);
                    }
                    session.file().append(content);
                    return size();
                }));
    }

    @Override
    public Descriptor commit(Digest expected) {
        return call(
                "finish",
                () -> exclusively(() -> {
                    size();
                    long size = uploads.finish(session.file(), expected);
                    return Descriptor.of(MediaTypes.OCTET_STREAM, expected, size);
                }));
    }

    @Override
    public void cancel() {
        call("cancel", () -> {
            // Without the lock: an append that is under way finds its file gone.
            session.file().delete();
            return true;
        });
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private long size() throws IOException {
        if (!session.file().exists()) {
            throw unknown(layout, session.id());
        }
        return session.file().size();
    }

    private <T> T call(String what, Layout.Call<T> call) {
        return layout.call(what + " the upload " + session.id(), () -> {
            try {
                return call.run();
            } catch (NoSuchFileException e) {
                throw unknown(layout, session.id());
            }
        });
    }

    private <T> T exclusively(Layout.Call<T> call) throws IOException {
        if (!session.lock().tryLock()) {
            throw conflict(size(), "another request is changing it");
        }
        try {
            return call.run();
        } finally {
            session.lock().unlock();
        }
    }

    private RegistryException conflict(long size, String why) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.RANGE_INVALID,
                        "The upload " + session.id() + " into " + layout.files.place() + " is at offset " + size + ": "
                                + why,
                        Map.of("offset", Long.toString(size))))
                .uploadOffset(size)
                .build();
    }

    static RegistryException unknown(Layout layout, String id) {
        return RegistryException.of(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                "There is no upload " + id + " into " + layout.files.place()
                        + ": it was finished, cancelled, or never was; start a new one");
    }
}
