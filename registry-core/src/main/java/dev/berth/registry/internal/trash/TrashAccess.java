package dev.berth.registry.internal.trash;

import dev.berth.registry.Registry;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.Revisions;

/**
 * What listing and restoring need.
 *
 * @param registry pushes manifests and sets tags
 * @param contents the trash
 * @param revisions which manifests are there
 * @param links which tags are there
 */
public record TrashAccess(Registry registry, TrashContents contents, Revisions revisions, Links links) {}
