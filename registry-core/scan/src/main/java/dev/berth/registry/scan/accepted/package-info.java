/**
 * Findings that are known and need nobody's attention, with the reasons and until when: an allow-list.
 *
 * <p>{@link dev.berth.registry.scan.accepted.Acceptances} reads it from a file of its own, from OpenVEX, or from CycloneDX, and
 * divides the findings of a report into those that are open and those that are accepted. An entry that has expired has no
 * effect, and the result says so.
 */
@NullMarked
package dev.berth.registry.scan.accepted;

import org.jspecify.annotations.NullMarked;
