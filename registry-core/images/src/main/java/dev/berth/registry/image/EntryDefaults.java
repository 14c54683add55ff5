package dev.berth.registry.image;

import java.time.Instant;

/**
 * How a layer decides what an entry leaves open.
 *
 * @param fixed owner and time; the mode only if it is not to depend on the kind of entry
 * @param keepModes whether things on disk keep the modes that they have there
 * @param keepOwners whether they keep their owners
 * @param keepTimes whether they keep their times
 */
record EntryDefaults(EntryAttributes fixed, boolean keepModes, boolean keepOwners, boolean keepTimes) {
    static final int DIRECTORY_MODE = 0755;
    static final int FILE_MODE = 0644;
    static final int EXECUTABLE_MODE = 0755;
    static final int SYMLINK_MODE = 0777;

    static EntryDefaults reproducible() {
        return new EntryDefaults(
                EntryAttributes.unspecified().withOwner(0, 0).withTime(Instant.EPOCH), false, false, false);
    }

    EntryDefaults withOwner(int userId, int groupId) {
        return new EntryDefaults(fixed.withOwner(userId, groupId), keepModes, keepOwners, keepTimes);
    }

    EntryDefaults withTime(Instant time) {
        return new EntryDefaults(fixed.withTime(time), keepModes, keepOwners, keepTimes);
    }

    EntryDefaults keepingModes() {
        return new EntryDefaults(fixed, true, keepOwners, keepTimes);
    }

    EntryDefaults keepingOwners() {
        return new EntryDefaults(fixed, keepModes, true, keepTimes);
    }

    EntryDefaults keepingTimes() {
        return new EntryDefaults(fixed, keepModes, keepOwners, true);
    }

    /** Returns all attributes of something that is given, not on disk. */
    EntryAttributes complete(EntryAttributes given, int mode) {
        return given.orElse(fixed).orElse(EntryAttributes.mode(mode));
    }

    /** Returns all attributes of something on disk. */
    EntryAttributes complete(EntryAttributes given, FileFacts file) {
        EntryAttributes kept = EntryAttributes.unspecified();
        if (keepModes) {
            kept = kept.withMode(file.mode());
        }
        if (keepOwners) {
            kept = kept.withOwner(file.userId(), file.groupId());
        }
        if (keepTimes) {
            Instant time = file.modified();
            kept = kept.withTime(time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time);
        }
        return complete(given.orElse(kept), usualMode(file));
    }

    /** Of the permissions on disk only one matters that a umask does not touch: may the owner run it? */
    private static int usualMode(FileFacts file) {
        return switch (file.kind()) {
            case DIRECTORY -> DIRECTORY_MODE;
            case SYMLINK -> SYMLINK_MODE;
            default -> file.ownerMayExecute() ? EXECUTABLE_MODE : FILE_MODE;
        };
    }
}
