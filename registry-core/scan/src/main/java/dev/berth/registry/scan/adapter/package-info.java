/**
 * Scanners that are other programs, such as Trivy and Clair, by Harbor's scanner adapter API, version 1.2:
 * {@link dev.berth.registry.scan.adapter.AdapterScanner} speaks it.
 */
@NullMarked
package dev.berth.registry.scan.adapter;

import org.jspecify.annotations.NullMarked;
