@NullMarked
package dev.berth.registry.scan.sbom;

import org.jspecify.annotations.NullMarked;
