package dev.berth.examples.standalone.configuration;

import dev.berth.registry.rules.TagRules;
import java.time.Duration;

/**
 * The rules for tags.
 *
 * @param tags the rules
 * @param interval the time between two runs of retention in the server
 * @param untaggedGrace for how long after its push a manifest without a tag is never deleted
 */
public record RuleSettings(TagRules tags, Duration interval, Duration untaggedGrace) {}
