/**
 * An index of advisories in one file, by ecosystem and package. It is written once, within little memory however large it
 * is, and read by positions.
 *
 * <p>The file: a header; the advisories ({@code details}); of each package the {@code entries}, one for each advisory about it,
 * behind each other; the rows of the packages, in the order of their hashes; the beginnings of the rows, by the first bits of
 * the hash; facts about the whole. Everything has a checksum.
 */
@NullMarked
package dev.berth.registry.scan.internal.index;

import org.jspecify.annotations.NullMarked;
