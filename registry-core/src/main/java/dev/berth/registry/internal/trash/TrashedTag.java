package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;

/**
 * A tag in the trash. A tag that was deleted several times is there once for each manifest that it named, with the last of
 * the times.
 *
 * @param digest the manifest that it named
 */
public record TrashedTag(Tag tag, Digest digest) {}
