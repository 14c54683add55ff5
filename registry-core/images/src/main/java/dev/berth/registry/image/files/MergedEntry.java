package dev.berth.registry.image.files;

/**
 * A file of an image, and where its content is.
 *
 * @param entry the file
 * @param layer the number of the layer, from 0 for the lowest
 * @param position the number of the entry of that layer that has the content, from 0
 */
record MergedEntry(FileEntry entry, int layer, long position) {}
