package dev.berth.registry.engine;

/**
 * The result of {@link StorageRegistry#maintain}.
 *
 * @param expiredUploads the number of uploads that were deleted because they had expired
 * @since 0.1
 */
public record MaintenanceReport(int expiredUploads) {}
