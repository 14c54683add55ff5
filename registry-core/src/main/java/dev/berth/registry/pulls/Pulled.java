package dev.berth.registry.pulls;

import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RepositoryName;

/** What pulls are counted of: a manifest or a tag of a repository. */
record Pulled(RepositoryName repository, ManifestSelector what) {}
