package dev.berth.registry.mirror;

import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;

/**
 * A repository that is mirrored.
 *
 * @param here its name here
 * @param there its name upstream
 * @param cache what is here
 * @param upstream what is upstream
 */
record MirrorSite(RepositoryName here, RepositoryName there, Repository cache, Repository upstream) {}
