/**
 * Rules for tags: which cannot be moved, which stay, and what goes.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.rules.TagRules} is the value: {@link dev.berth.registry.rules.TagRule rules} of patterns, a
 *       {@link dev.berth.registry.rules.RuleCondition condition}, and what follows. One evaluation decides for immutability
 *       and retention alike, and says why ({@link dev.berth.registry.rules.TagDecision}).
 *   <li>{@link dev.berth.registry.rules.Immutable} enforces the locks as a {@link dev.berth.registry.Registry} in front of
 *       another one.
 *   <li>{@link dev.berth.registry.rules.Retention} plans what goes, and deletes it.
 *   <li>{@link dev.berth.registry.rules.RuleContext} is what rules ask: the clock, when tags were set
 *       ({@link dev.berth.registry.rules.RepositoryFacts}), and when images were pulled
 *       ({@link dev.berth.registry.rules.LastPulls}).
 * </ul>
 *
 * <p>A condition is true, false, or unknown where something is missing that it asks for: the time of a tag, or a version in a
 * tag that is none. What is unknown has no effect: nothing is deleted because of it, and nothing released.
 */
@NullMarked
package dev.berth.registry.rules;

import org.jspecify.annotations.NullMarked;
