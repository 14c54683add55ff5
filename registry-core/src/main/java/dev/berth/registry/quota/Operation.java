package dev.berth.registry.quota;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A change of a repository, from before it begins until it has ended or failed. Not thread-safe. */
final class Operation implements AutoCloseable {
    /** After them something may have been stored all the same. */
    private static final Set<ErrorCode> UNCERTAIN =
            EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.INSUFFICIENT_STORAGE, ErrorCode.UNKNOWN);

    private final Bookkeeping bookkeeping;
    private final Activity activity;
    private final Reservation reservation;
    private final Map<Item, OptionalLong> items = new LinkedHashMap<>();

    Operation(Bookkeeping bookkeeping, Activity activity, Reservation reservation) {
        this.bookkeeping = bookkeeping;
        this.activity = activity;
        this.reservation = reservation;
    }

    Activity activity() {
        return activity;
    }

    Reservation reservation() {
        return reservation;
    }

    /** Says that an item is about to change. */
    void touch(Item item) {
        if (!items.containsKey(item)) {
            items.put(item, OptionalLong.empty());
            activity.begin(item);
        }
    }

    /** Says that the repository now shows an item of this size. */
    void shown(Item item, long size) {
        touch(item);
        items.put(item, OptionalLong.of(size));
    }

    /** Says that the operation has failed. What was reserved for it is given back, unless something may be stored. */
    void failed(RegistryException e) {
        if (!UNCERTAIN.contains(e.code()) && e.stored().isEmpty()) {
            reservation.releaseAll();
        }
    }

    @Override
    public void close() {
        items.forEach(activity::end);
        reservation.spend(activity);
        bookkeeping.leave(activity);
    }
}
