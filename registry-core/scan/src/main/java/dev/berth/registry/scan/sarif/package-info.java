/** Reports of scans as SARIF, for the programs and sites that show what is wrong with code and images. */
@NullMarked
package dev.berth.registry.scan.sarif;

import org.jspecify.annotations.NullMarked;
