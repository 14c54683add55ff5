package dev.berth.registry.storage;

/** The grammar of keys, in one place for {@link ObjectKey} and {@link KeyPrefix}. */
final class KeyGrammar {
    private KeyGrammar() {}

    static void check(String key, String what) {
        if (!isPlain(key)) {
            checkAll(key, what);
        }
    }

    /** Returns whether a key is a valid one of visible ASCII characters only, as nearly all are. */
    private static boolean isPlain(String key) {
        int length = key.length();
        int begin = 0;
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c == '/') {
                if (i == begin || i - begin > ObjectKey.MAX_SEGMENT_BYTES) {
                    return false;
                }
                begin = i + 1;
            } else if (c <= ' ' || c >= 0x7F || c == '\\' || c == '.' && i == begin) {
                return false;
            }
        }
        return length > begin && length - begin <= ObjectKey.MAX_SEGMENT_BYTES && length <= ObjectKey.MAX_BYTES;
    }

    private static void checkAll(String key, String what) {
        int bytes = 0;
        int segmentBytes = 0;
        for (int i = 0; i < key.length(); ) {
            int c = key.codePointAt(i);
            int width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (c == '/') {
                checkSegment(segmentBytes, key, what);
                segmentBytes = 0;
            } else if (c == '\\' || Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF) {
                throw bad(what, key, "it has a control character, a backslash or an unpaired surrogate");
            } else if (c == '.' && segmentBytes == 0) {
                throw bad(what, key, "a segment begins with a dot");
            } else {
                segmentBytes += width;
            }
            bytes += width;
            i += Character.charCount(c);
        }
        checkSegment(segmentBytes, key, what);
        if (bytes > ObjectKey.MAX_BYTES) {
            throw bad(what, key, "it is longer than " + ObjectKey.MAX_BYTES + " bytes");
        }
    }

    private static void checkSegment(int segmentBytes, String key, String what) {
        if (segmentBytes == 0) {
            throw bad(what, key, "a segment is empty");
        }
        if (segmentBytes > ObjectKey.MAX_SEGMENT_BYTES) {
            throw bad(what, key, "a segment is longer than " + ObjectKey.MAX_SEGMENT_BYTES + " bytes");
        }
    }

    /** Returns the exception for a key that is malformed. */
    static IllegalArgumentException bad(String what, String key, String why) {
        String cut = key.length() > 200 ? key.substring(0, 200) + "…" : key;
        String shown = cut.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
        return new IllegalArgumentException("'" + shown + "' is not a valid " + what + ": " + why);
    }
}
