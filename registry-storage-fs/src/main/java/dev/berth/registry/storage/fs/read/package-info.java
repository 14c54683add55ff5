/**
 * Reads objects from files, and keeps what is small in memory: {@link dev.berth.registry.storage.fs.read.FileCache}. Not
 * exported.
 */
@NullMarked
package dev.berth.registry.storage.fs.read;

import org.jspecify.annotations.NullMarked;

/*
 * ObjectStats looks files up and FileContent reads them. FileCache keeps KeptFiles in RecentFiles, which KeptContent reads.
 * DirectoryChanges tells it what the store has changed.
 */
