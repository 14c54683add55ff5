/** Files that are read again when they change: {@link dev.berth.registry.internal.file.WatchedFile}. Not exported. */
@NullMarked
package dev.berth.registry.internal.file;

import org.jspecify.annotations.NullMarked;
