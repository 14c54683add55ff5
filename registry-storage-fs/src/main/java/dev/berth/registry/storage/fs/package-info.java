/**
 * A store in a directory: {@link dev.berth.registry.storage.fs.FileObjectStore}, the only type for others.
 *
 * <p>How it is made, from the outside in:
 *
 * <ul>
 *   <li>{@code FileObjectStore} puts the parts together and lets calls through its {@code LifecycleLock} until it is closed.
 *       {@code StoreLock} keeps other processes out, {@code DiskTraits} finds out what the disk can do, {@code KeyPaths}
 *       maps keys to paths, {@code DiskFull} tells a full disk from other failures.
 *   <li>{@code ObjectWriter} and {@code ObjectRemover} change objects. They stand on {@code TempFiles}, {@code KeyLocks},
 *       {@code Directories} (which come and go with the objects in them), {@code Durability} (what must be synced before
 *       a call returns) and {@code VersionClock} (which makes the time of a file its version).
 *   <li>{@code FileContent} reads, {@code ObjectStats} looks up.
 *   <li>{@code FileUploads}, {@code FileUpload}, {@code FileUploadAppend} and {@code UploadLock} are the uploads.
 *   <li>{@code DirectoryLister} and {@code DirectoryCursor} make the pages of listings from the sorted names of directories, which
 *       {@code DirectoryReader} reads into {@code DirectoryNames} and {@code NameCache} keeps.
 * </ul>
 */
@NullMarked
package dev.berth.registry.storage.fs;

import org.jspecify.annotations.NullMarked;
