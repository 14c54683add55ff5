/** Tests of what is told about scans over HTTP. */
@NullMarked
package dev.berth.registry.scan.api;

import org.jspecify.annotations.NullMarked;
