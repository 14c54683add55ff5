package dev.berth.registry.scan.version;

import java.util.Comparator;

/** An order that does not look into text that is too long for a version, so that no text can cost much. */
final class BoundedOrder implements VersionOrder {
    private final VersionOrder order;
    private final Comparator<String> all;

    BoundedOrder(VersionOrder order) {
        this.order = order;
        this.all = Validity.lowest(version -> version.length() <= LONGEST, order);
    }

    @Override
    public int compare(String first, String second) {
        return all.compare(first, second);
    }

    @Override
    public String toString() {
        return order.toString();
    }
}
