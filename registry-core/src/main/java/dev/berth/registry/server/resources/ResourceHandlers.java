package dev.berth.registry.server.resources;

import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.server.DirectDownload;
import java.util.EnumMap;
import java.util.Map;

/** The handlers of all resources of the API. */
public final class ResourceHandlers {
    private static final int REFERRERS_PAGE_BYTES = 4 * 1024 * 1024;

    private ResourceHandlers() {}

    /**
     * Returns a handler for each resource.
     *
     * @param maxManifestBytes the size of a manifest that is pushed, in bytes
     * @param memory what manifests may need at the same time
     * @param directDownload which downloads of blobs are redirected to the storage
     */
    public static Map<ApiResource, ResourceHandler> of(
            int maxManifestBytes, MemoryBudget memory, DirectDownload directDownload) {
        Map<ApiResource, ResourceHandler> handlers = new EnumMap<>(ApiResource.class);
        handlers.put(ApiResource.PING, new PingHandler());
        handlers.put(ApiResource.CATALOG, new CatalogHandler());
        handlers.put(ApiResource.TAGS, new TagsHandler());
        handlers.put(
                ApiResource.MANIFEST, new ManifestHandler(new ManifestPutHandler(maxManifestBytes, memory), memory));
        handlers.put(ApiResource.BLOB, new BlobHandler(directDownload));
        handlers.put(ApiResource.UPLOADS, new UploadsHandler());
        handlers.put(ApiResource.UPLOAD, new UploadHandler());
        handlers.put(ApiResource.REFERRERS, new ReferrersHandler(REFERRERS_PAGE_BYTES, memory));
        return handlers;
    }
}
