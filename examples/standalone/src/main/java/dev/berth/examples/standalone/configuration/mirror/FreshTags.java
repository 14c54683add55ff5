package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.time.Duration;

/**
 * For how long some tags of an upstream registry are served without asking.
 *
 * @param repositories their repositories, by the names upstream
 * @param tags the tags
 * @param time the time
 */
public record FreshTags(NamePattern repositories, TagPattern tags, Duration time) {}
