/** A store in a directory: {@link dev.berth.registry.storage.fs.FileObjectStore}. */
@NullMarked
package dev.berth.registry.storage.fs;

import org.jspecify.annotations.NullMarked;

/*
 * The parts, for maintainers:
 *
 * - FileObjectStore assembles the parts and admits calls through its LifecycleLock until it is closed. StoreLock keeps
 *   other processes out, Ownership acquires it as soon as the disk has room, Reserve keeps room for
 *   deletions, FileModes are the permissions of new files, DiskTraits detects what the disk supports, KeyPaths maps keys to paths, DiskFull tells a full
 *   disk from other failures.
 * - ObjectWriter and ObjectRemover change objects. They use TempFiles, KeyLocks, Directories (created and removed with
 *   the objects in them), Durability (what must be synced before a call returns) and VersionClock (which makes the time
 *   of a file its version).
 * - The package read reads objects.
 * - FileUploads, FileUpload, FileUploadAppend and UploadLock are the uploads.
 * - DirectoryLister and DirectoryCursor make the pages of listings from the sorted names of directories, which
 *   DirectoryReader reads into DirectoryNames and NameCache caches.
 */
