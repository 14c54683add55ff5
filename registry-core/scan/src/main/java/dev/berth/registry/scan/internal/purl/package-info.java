/** Package URLs of others, taken apart: {@link dev.berth.registry.scan.internal.purl.Purl}. */
@NullMarked
package dev.berth.registry.scan.internal.purl;

import org.jspecify.annotations.NullMarked;
