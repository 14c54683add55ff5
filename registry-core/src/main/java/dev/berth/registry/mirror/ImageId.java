package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;

/** A manifest of a repository, or a blob of one. */
record ImageId(RepositoryName repository, Digest digest) {}
