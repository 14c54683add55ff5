/**
 * JSON as this module reads and writes it, for several packages: strict and bounded, since it comes from strangers.
 * {@link dev.berth.registry.internal.json.StrictJson} turns bytes into a tree and back,
 * {@link dev.berth.registry.internal.json.JsonObject} takes values out of a tree and says which field is wrong,
 * {@link dev.berth.registry.internal.json.DescriptorJson} is the form of a descriptor. Not exported.
 */
@NullMarked
package dev.berth.registry.internal.json;

import org.jspecify.annotations.NullMarked;
