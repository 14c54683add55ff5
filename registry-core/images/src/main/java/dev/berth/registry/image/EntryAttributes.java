package dev.berth.registry.image;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be said about an entry of a layer beside its content. What is empty is decided by the layer. Immutable.
 *
 * @param mode the permissions, as {@code chmod} takes them: 0 to 07777
 * @param userId the number of the user who owns it, from 0 on
 * @param groupId the number of the group, from 0 on
 * @param time when it was last changed, of which full seconds are kept
 * @since 0.1
 */
public record EntryAttributes(OptionalInt mode, OptionalInt userId, OptionalInt groupId, Optional<Instant> time) {
    private static final int HIGHEST_MODE = 07777;

    /** Checks the numbers. */
    public EntryAttributes {
        if (mode.isPresent() && (mode.getAsInt() < 0 || mode.getAsInt() > HIGHEST_MODE)) {
            throw new IllegalArgumentException(
                    "A mode is from 0 to 07777, not 0" + Integer.toOctalString(mode.getAsInt()));
        }
        if (userId.orElse(0) < 0 || groupId.orElse(0) < 0) {
            throw new IllegalArgumentException("Users and groups are numbered from 0 on");
        }
        if (time.isPresent() && time.get().isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("A time in a layer cannot be before 1970: " + time.get());
        }
    }

    /** Returns attributes that leave everything to the layer. */
    public static EntryAttributes unspecified() {
        return new EntryAttributes(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** Returns attributes with this mode, such as {@code 0755}. */
    public static EntryAttributes mode(int mode) {
        return unspecified().withMode(mode);
    }

    /** Returns these attributes with another mode. */
    public EntryAttributes withMode(int newMode) {
        return new EntryAttributes(OptionalInt.of(newMode), userId, groupId, time);
    }

    /** Returns these attributes with another owner. */
    public EntryAttributes withOwner(int newUserId, int newGroupId) {
        return new EntryAttributes(mode, OptionalInt.of(newUserId), OptionalInt.of(newGroupId), time);
    }

    /** Returns these attributes with another time. */
    public EntryAttributes withTime(Instant newTime) {
        return new EntryAttributes(mode, userId, groupId, Optional.of(newTime));
    }

    /** Returns these attributes with those of another object where these are empty. */
    EntryAttributes orElse(EntryAttributes other) {
        return new EntryAttributes(
                mode.isPresent() ? mode : other.mode,
                userId.isPresent() ? userId : other.userId,
                groupId.isPresent() ? groupId : other.groupId,
                time.isPresent() ? time : other.time);
    }
}
