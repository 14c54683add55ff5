/**
 * JSON of any length: {@link dev.berth.registry.scan.internal.json.JsonReader} reads documents of strangers token by token and
 * within limits, {@link dev.berth.registry.scan.internal.json.JsonWriter} writes documents as a stream.
 */
@NullMarked
package dev.berth.registry.scan.internal.json;

import org.jspecify.annotations.NullMarked;
