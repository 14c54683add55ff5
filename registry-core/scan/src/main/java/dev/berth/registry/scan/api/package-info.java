/**
 * What is known of images, over HTTP: {@link dev.berth.registry.scan.api.ScanApi} answers beside the API of the registry.
 */
@NullMarked
package dev.berth.registry.scan.api;

import org.jspecify.annotations.NullMarked;
