package dev.berth.registry.memory;

import dev.berth.registry.storage.Utf8Order;

/** A key in the order of listings. Nearly all keys consist of characters for which that is the order of strings. */
final class OrderedKey implements Comparable<OrderedKey> {
    private final String value;
    private final boolean plain;

    private OrderedKey(String value) {
        this.value = value;
        this.plain = isPlain(value);
    }

    static OrderedKey of(String value) {
        return new OrderedKey(value);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= Character.MIN_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    String value() {
        return value;
    }

    @Override
    public int compareTo(OrderedKey other) {
        return plain && other.plain ? value.compareTo(other.value) : Utf8Order.compare(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderedKey key && value.equals(key.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
