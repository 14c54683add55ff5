package dev.berth.registry.internal.wire;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1) of UTF-8 text. */
final class PercentCoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /**
     * Decodes a path or a part of it. An escaped slash is rejected, since proxies and servers disagree on whether it
     * separates segments.
     */
    static String decodePath(String raw) {
        return decode(raw, true);
    }

    /** Decodes text. A plus is not decoded to a space. */
    static String decode(String raw) {
        return decode(raw, false);
    }

    private static String decode(String raw, boolean path) {
        if (raw.indexOf('%') < 0) {
            requirePlain(raw);
            return raw;
        }
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                c = (char) unescape(raw, i);
                if (path && (c == '/' || c == '\\')) {
                    throw invalid("The path has an escaped slash (%2F or %5C); do not escape it");
                }
                i += 2;
            } else if (c >= 0x80) {
                throw notAscii();
            }
            bytes[length++] = (byte) c;
        }
        return text(ByteBuffer.wrap(bytes, 0, length));
    }

    private static int unescape(String raw, int percent) {
        boolean complete = percent + 2 < raw.length();
        int high = complete ? hexDigit(raw.charAt(percent + 1)) : -1;
        int low = complete ? hexDigit(raw.charAt(percent + 2)) : -1;
        if (high < 0 || low < 0) {
            throw invalid("The address has a '%' that is not followed by two hexadecimal characters");
        }
        return high << 4 | low;
    }

    /** Returns the value of a hexadecimal digit, or -1. The digits of other scripts are none. */
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static String text(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw invalid("The percent-escapes of the address are not UTF-8; encode the address as UTF-8 first");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw hasControl();
            }
        }
        return text;
    }

    /** A text without escapes has the same limits as one with escapes. */
    private static void requirePlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw hasControl();
            }
            if (c >= 0x80) {
                throw notAscii();
            }
        }
    }

    private static RegistryException hasControl() {
        return invalid("A control character is not allowed in an address");
    }

    private static RegistryException notAscii() {
        return invalid("The address has a character that is not ASCII; percent-encode it");
    }

    /** Encodes text as one value of a query or one segment of a path. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return encoded.toString();
    }

    static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static RegistryException invalid(String message) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, message);
    }
}
