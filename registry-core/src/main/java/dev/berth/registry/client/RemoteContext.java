package dev.berth.registry.client;

/** What all views of one registry share. */
final class RemoteContext {
    /** How many entries a page of a listing is asked to have at most; more is refused by some registries. */
    static final int PAGE_SIZE = 1000;

    private final ApiClient client;
    private final int maxManifestBytes;
    private final Backoff pacing;
    private final UploadIdCodec uploads = new UploadIdCodec();
    private final TagLocks tagLocks = new TagLocks();
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

    TagLocks tagLocks() {
        return tagLocks;
    }
}
