package dev.berth.registry.client;

import com.google.common.util.concurrent.Striped;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** What all views of one registry share. Thread-safe. */
final class RemoteContext {
    /** The size of a page that is asked for; some registries refuse more. */
    static final int PAGE_SIZE = 1000;

    private final ApiClient client;
    private final int maxManifestBytes;
    private final Backoff backoff;
    private final UploadIdCodec uploads = new UploadIdCodec();
    private final Striped<Lock> tagLocks = Striped.lock(64);
    private final RegistryFeatures features;

    RemoteContext(ApiClient client, RemoteOptions options) {
        this.client = client;
        this.features = new RegistryFeatures(client);
        this.maxManifestBytes = options.maxManifestBytes();
        this.backoff = options.backoff();
    }

    ApiClient client() {
        return client;
    }

    int maxManifestBytes() {
        return maxManifestBytes;
    }

    Backoff backoff() {
        return backoff;
    }

    UploadIdCodec uploads() {
        return uploads;
    }

    RegistryFeatures features() {
        return features;
    }

    /** Returns the lock under which this client rewrites a tag, so that its own threads do not have to do it twice. */
    Lock tagLock(RepositoryName name, Tag tag) {
        return tagLocks.get(List.of(name, tag));
    }
}
