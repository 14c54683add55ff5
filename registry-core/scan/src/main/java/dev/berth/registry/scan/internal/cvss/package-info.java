/**
 * Scores of the Common Vulnerability Scoring System, versions 3.0, 3.1 and 4.0, from their vectors: {@link
 * dev.berth.registry.scan.internal.cvss.Cvss}.
 */
@NullMarked
package dev.berth.registry.scan.internal.cvss;

import org.jspecify.annotations.NullMarked;
