package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;

/** What only the storage of a registry can tell: what a repository has links for, in no particular order. */
interface RepositoryLinks {

    /** Iterates over the repositories that have, or had, a blob or a manifest. One may come several times. */
    Iterator<RepositoryName> repositories();

    /** Iterates over the blobs and manifests that a repository has links for. Not all of them need to be readable. */
    Iterator<Item> items(RepositoryName repository);

    /** Returns whether a repository has a manifest. */
    boolean hasManifest(RepositoryName repository) throws IOException;

    /** Returns the size of data that any repository may have, in bytes, or empty if it is not stored. */
    OptionalLong size(Digest digest) throws IOException;
}
