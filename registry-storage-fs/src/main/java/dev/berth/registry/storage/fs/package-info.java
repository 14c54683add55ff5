/** A store in a directory: {@link dev.berth.registry.storage.fs.FileObjectStore}. */
@NullMarked
package dev.berth.registry.storage.fs;

import org.jspecify.annotations.NullMarked;

/*
 * The parts, for maintainers:
 *
 * - FileObjectStore assembles the parts and admits calls through its LifecycleLock until it is closed. StoreLock keeps
 *   other processes out, Ownership acquires it as soon as the disk has room, Reserve keeps room for deletions, FileModes are
 *   the permissions of new files, DiskTraits detects what the disk supports, KeyPaths maps keys to paths, DiskFull tells a
 *   full disk from other failures.
 * - ObjectWriter, ObjectRemover and FileUploads prepare Changes; BatchChanges are those of a batch. Durability locks their
 *   files (KeyLocks), writes their entries to the journal (JournalFiles), and makes them. DeletionWriter uses the Reserve if
 *   there is no other room. They use TempFiles, Directories (created and removed with the objects in them) and VersionClock
 *   (which makes the time of a file its version).
 * - JournalReplay makes the changes in the journal again that a power cut may have undone.
 * - The package read reads objects, and caches small ones; ObjectStats looks them up.
 * - FileUploads, FileUpload, FileUploadAppend and UploadLock are the uploads, StagedFiles their files, UploadsOfBoot the
 *   directory of those, which is emptied when the system has been restarted.
 * - DirectoryLister and DirectoryCursor make the pages of listings from the sorted names of directories, which
 *   DirectoryReader reads into DirectoryNames and NameCache caches.
 */
