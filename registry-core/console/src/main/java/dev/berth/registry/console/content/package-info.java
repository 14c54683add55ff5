/**
 * What is in an image: the files of its layers, one beside the other of two images, and the text that describes a repository.
 *
 * <p>A layer is read once, from its beginning to its end, beside the requests for pages, and what is known of its entries then is
 * kept in memory and in the store. Nothing of it is unpacked: paths are names. One file is read by streaming the layer up to it.
 * Both need {@code registry-images}; without it, pages offer no files.
 */
@NullMarked
package dev.berth.registry.console.content;

import org.jspecify.annotations.NullMarked;
