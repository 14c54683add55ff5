package dev.berth.registry.mirror.replication;

import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RepositoryName;

/**
 * What a rule looks at: a tag, or a manifest that may refer to an image.
 *
 * @param repository the repository, by its name at the source
 */
record Work(RepositoryName repository, ManifestSelector what) {}
