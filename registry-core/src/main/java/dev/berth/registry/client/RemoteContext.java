package dev.berth.registry.client;

import com.google.common.util.concurrent.Striped;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** What all views of one registry share. */
final class RemoteContext {
    /** How many entries a page of a listing is asked to have at most; more is refused by some registries. */
    static final int PAGE_SIZE = 1000;

    private final ApiClient client;
    private final int maxManifestBytes;
    private final Backoff pacing;
    private final UploadIdCodec uploads = new UploadIdCodec();
    private final Striped<Lock> tagLocks = Striped.lock(64);
    private final RegistryFeatures features;

    RemoteContext(ApiClient client, RemoteOptions options) {
        this.client = client;
        this.features = new RegistryFeatures(client);
        this.maxManifestBytes = options.maxManifestBytes();
        this.pacing = options.pacing();
    }

    ApiClient client() {
        return client;
    }

    int maxManifestBytes() {
        return maxManifestBytes;
    }

    Backoff pacing() {
        return pacing;
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
