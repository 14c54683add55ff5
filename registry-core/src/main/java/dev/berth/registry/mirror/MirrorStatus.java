package dev.berth.registry.mirror;

/**
 * What a mirror holds, as far as this process knows. Immutable.
 *
 * @param images how many manifests it has brought and not evicted: those of platforms and their indexes count each
 * @param bytes how many bytes these and their blobs have, those that several share counted once
 * @param budget how many they may have; {@link Long#MAX_VALUE} for no limit
 * @param arriving how many bytes are being downloaded to be kept
 * @param downloads how many downloads of blobs are in progress
 * @since 0.1
 */
public record MirrorStatus(int images, long bytes, long budget, long arriving, int downloads) {}
