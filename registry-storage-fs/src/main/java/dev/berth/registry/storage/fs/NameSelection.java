package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.Utf8Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Selects names of a directory, which come in any order: all of them, or, if there are too many, the first ones after a
 * certain name. So memory is bounded, however many names there are.
 */
final class NameSelection {
    private final String after;
    private final int limit;
    private final long charLimit;

    private List<String> kept = new ArrayList<>();
    private long chars;
    private boolean windowed;
    private boolean ascii = true;
    private String firstOmitted = "";

    /**
     * Begins a selection.
     *
     * @param after the name after which names are kept in any case
     * @param limit how many names are kept at least, and up to twice as many
     * @param charLimit how many characters these may have
     */
    NameSelection(String after, int limit, long charLimit) {
        this.after = after;
        this.limit = limit;
        this.charLimit = charLimit;
    }

    void add(String name) {
        if (windowed && Utf8Order.compare(name, after) <= 0) {
            return;
        }
        if (!firstOmitted.isEmpty() && Utf8Order.compare(name, firstOmitted) >= 0) {
            return;
        }
        kept.add(name);
        chars += name.length();
        ascii &= isAscii(name);
        if (kept.size() >= 2 * limit || chars >= 2 * charLimit) {
            shrink();
        }
    }

    DirectoryNames names() {
        sort();
        return new DirectoryNames(windowed ? after : "", firstOmitted.isEmpty(), kept);
    }

    private void shrink() {
        if (!windowed) {
            windowed = true;
            kept.removeIf(name -> Utf8Order.compare(name, after) <= 0);
        }
        sort();
        int size = 0;
        chars = 0;
        while (size < kept.size() && size < limit && (size == 0 || chars < charLimit)) {
            chars += kept.get(size).length();
            size++;
        }
        if (size < kept.size()) {
            firstOmitted = kept.get(size);
            kept = new ArrayList<>(kept.subList(0, size));
        }
    }

    private void sort() {
        if (ascii) {
            Collections.sort(kept);
        } else {
            kept.sort(Utf8Order::compare);
        }
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
