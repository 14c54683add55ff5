package dev.berth.registry.engine;

/**
 * What {@link StorageRegistry#maintain} did.
 *
 * @param expiredUploads how many uploads were dropped because nobody went on with them
 */
public record MaintenanceReport(int expiredUploads) {}
