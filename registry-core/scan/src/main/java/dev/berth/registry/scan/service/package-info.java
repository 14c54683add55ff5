/**
 * The scans of a registry: which images are scanned when, and what is known of them.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.scan.service.ScanService} has a queue that survives restarts, works on it, and keeps the
 *       verdicts; any number of processes may do so over one store.
 *   <li>{@link dev.berth.registry.scan.service.ScanReports} answers questions: about an image with all its platforms, about a
 *       repository, which images have this CVE, what differs between two images.
 *   <li>{@link dev.berth.registry.scan.service.StoredInventories} keeps what layers have, so that they are read once.
 *   <li>A {@link dev.berth.registry.scan.service.ScanListener} is told as it happens;
 *       {@link dev.berth.registry.scan.service.ScanMetrics} counts.
 * </ul>
 *
 * <p>All of it is below {@code _berth/scan/} of the store, and may be deleted: then images count as not scanned, until the next
 * comparison has found them.
 */
@NullMarked
package dev.berth.registry.scan.service;

import org.jspecify.annotations.NullMarked;
