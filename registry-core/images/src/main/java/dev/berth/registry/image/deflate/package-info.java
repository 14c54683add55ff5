/**
 * DEFLATE (RFC 1951), the compression in gzip, for blocks that are compressed in parallel:
 * {@link dev.berth.registry.image.deflate.DeflatedBlock}. Not exported.
 *
 * <p>It is written here because nothing else keeps the promise of equal digests at that speed: the JVM's zlib differs from
 * machine to machine, and jzlib, the one pure Java library that takes a dictionary and so can compress blocks in parallel,
 * takes 1.7 times as long as gzip does.
 *
 * <p>{@code MatchSearch} finds what came before, {@code DeflateTokens} holds what is left, {@code DeflateWriter} writes it
 * to a {@code BitSink}: in the {@code HuffmanCode}s that suit it, whose lengths {@code CodeLengths} writes before, and the
 * {@code DeflateSymbols} of the format.
 */
@NullMarked
package dev.berth.registry.image.deflate;

import org.jspecify.annotations.NullMarked;
