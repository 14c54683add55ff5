package dev.berth.registry.engine;

/**
 * The result of {@link StorageRegistry#maintain}.
 *
 * @param expiredUploads the number of uploads that were deleted because they had expired
 * @param completedDeletions the number of entries of the repair journal that were replayed and are over: each stands for a
 *     deletion from the index that is now known to be complete
 * @param expiredTrash the number of manifests and tags that can no longer be restored
 * @since 0.1
 */
public record MaintenanceReport(int expiredUploads, int completedDeletions, long expiredTrash) {}
