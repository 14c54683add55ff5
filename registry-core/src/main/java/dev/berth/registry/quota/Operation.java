package dev.berth.registry.quota;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A change of a repository, from before it begins until it has ended or failed. Not thread-safe. */
final class Operation implements AutoCloseable {
    /** After them something may have been stored all the same. */
    private static final Set<ErrorCode> UNCERTAIN =
            EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.INSUFFICIENT_STORAGE, ErrorCode.UNKNOWN);

    private final Quotas quotas;
    private final Activity activity;
    private final Reservation reservation;
    private final Map<Item, OptionalLong> items = new LinkedHashMap<>();

    Operation(Quotas quotas, Activity activity, Reservation reservation) {
        this.quotas = quotas;
        this.activity = activity;
        this.reservation = reservation;
    }

    Activity activity() {
        return activity;
    }

    Reservation reservation() {
        return reservation;
    }

    /**
     * Reserves an amount.
     *
     * @param free whether it turns out to cost nothing; asked only if there is no room
     * @throws RegistryException with {@link ErrorCode#DENIED} if a quota has no room for it
     */
    void reserve(Amount amount, BooleanSupplier free) {
        quotas.reserve(reservation, amount, free);
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
        quotas.leave(activity);
    }
}
