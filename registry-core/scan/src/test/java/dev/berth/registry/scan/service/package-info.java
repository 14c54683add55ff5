/** Tests of the service of scans. */
@NullMarked
package dev.berth.registry.scan.service;

import org.jspecify.annotations.NullMarked;
