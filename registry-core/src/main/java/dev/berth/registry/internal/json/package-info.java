/**
 * JSON for several packages: strict and bounded, since documents are untrusted.
 * {@link dev.berth.registry.internal.json.StrictJson} reads and writes trees,
 * {@link dev.berth.registry.internal.json.JsonObject} reads the values of a tree and names the field that is wrong,
 * {@link dev.berth.registry.internal.json.DescriptorJson} reads and writes descriptors. Exported to modules of Berth only.
 */
@NullMarked
package dev.berth.registry.internal.json;

import org.jspecify.annotations.NullMarked;
