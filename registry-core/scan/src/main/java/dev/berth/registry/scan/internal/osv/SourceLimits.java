package dev.berth.registry.scan.internal.osv;

/**
 * What the sources of advisories may cost.
 *
 * @param documentBytes the largest document, in bytes
 * @param documents the largest number of documents in all sources
 * @param bytes the largest sum of their sizes, uncompressed
 */
public record SourceLimits(long documentBytes, long documents, long bytes) {}
