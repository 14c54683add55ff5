package dev.berth.registry.internal.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The names of an object so far. Kept as their positions in the document, so that a document of countless names needs
 * less memory for them than it has bytes.
 */
final class SeenNames {
    private static final int FEW = 16;
    /** Unknown to those who write documents, so that they cannot choose names whose hashes collide. */
    private static final long SECRET = new SecureRandom().nextLong() | 1;

    private final ByteBuffer document;
    /** A hash table with open addressing. Position 0 is no name, since an object comes before it. */
    private int[] table = new int[FEW];

    private int count;

    SeenNames(ByteBuffer document) {
        this.document = document;
    }

    /** Begins with another object. */
    void clear() {
        if (count > 0) {
            count = 0;
            if (table.length > FEW) {
                // Clearing a large table for each of many small objects would take too long.
                table = new int[FEW];
            } else {
                Arrays.fill(table, 0);
            }
        }
    }

    /** Adds a name, and returns false if it was there already. */
    boolean add(StringToken name) {
        if (2 * (count + 1) > table.length) {
            grow();
        }
        int slot = slot(table, name.start());
        if (table[slot] != 0) {
            return false;
        }
        table[slot] = name.start();
        count++;
        return true;
    }

    private void grow() {
        int[] larger = new int[2 * table.length];
        for (int place : table) {
            if (place != 0) {
                larger[slot(larger, place)] = place;
            }
        }
        table = larger;
    }

    /** Returns where the name at this place is in a table, or where it belongs. */
    private int slot(int[] places, int name) {
        int slot = (int) hash(name) & places.length - 1;
        while (places[slot] != 0 && !same(places[slot], name)) {
            slot = slot + 1 & places.length - 1;
        }
        return slot;
    }

    private long hash(int name) {
        long hash = SECRET;
        for (int i = name; document.get(i) != '"'; i++) {
            byte b = document.get(i);
            if (b == '\\') {
                return hash(text(name).getBytes(StandardCharsets.UTF_8));
            }
            hash = mix(hash, b);
        }
        return hash;
    }

    private static long hash(byte[] name) {
        long hash = SECRET;
        for (byte b : name) {
            hash = mix(hash, b);
        }
        return hash;
    }

    private static long mix(long hash, byte b) {
        long mixed = (hash ^ b) * SECRET;
        return mixed ^ mixed >>> 32;
    }

    private boolean same(int one, int other) {
        for (int i = 0; ; i++) {
            byte b = document.get(one + i);
            byte c = document.get(other + i);
            if (b == '\\' || c == '\\') {
                return text(one).equals(text(other));
            }
            if (b != c) {
                return false;
            }
            if (b == '"') {
                return true;
            }
        }
    }

    private String text(int name) {
        StringToken token = new StringToken(document);
        token.read(name);
        return token.text();
    }
}
