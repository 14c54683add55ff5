package dev.berth.registry.internal.pem;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Encodes the few elements of DER (ITU-T X.690) of which keys and certificates consist. */
public final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    private Der() {}

    public static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, elements);
    }

    public static byte[] set(byte[]... elements) {
        return element(SET, elements);
    }

    public static byte[] bool(boolean value) {
        return element(BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
    }

    public static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    public static byte[] bitString(byte[] content, int unusedBits) {
        return element(BIT_STRING, new byte[] {(byte) unusedBits}, content);
    }

    public static byte[] octetString(byte[] content) {
        return element(OCTET_STRING, content);
    }

    public static byte[] utf8(String text) {
        return element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes an object identifier such as {@code 2.5.29.17}. */
    public static byte[] identifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            writeBase128(Integer.parseInt(arcs[i]), content);
        }
        return element(OBJECT_IDENTIFIER, content.toByteArray());
    }

    private static void writeBase128(int value, ByteArrayOutputStream output) {
        int groups = 1;
        while (value >>> (7 * groups) > 0) {
            groups++;
        }
        for (int i = groups - 1; i >= 0; i--) {
            output.write(value >>> (7 * i) & 0x7f | (i > 0 ? 0x80 : 0));
        }
    }

    /** Encodes a time in the form that certificates need for its year (RFC 5280, section 4.1.2.5). */
    public static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        boolean shortYear = time.getYear() < 2050;
        String text = DateTimeFormatter.ofPattern(shortYear ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'", Locale.ROOT)
                .format(time);
        return element(shortYear ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encodes {@code [tag] EXPLICIT}: an element whose kind is defined by its place. */
    public static byte[] explicit(int tag, byte[] content) {
        return element(CONTEXT | CONSTRUCTED | tag, content);
    }

    /** Encodes {@code [tag] IMPLICIT}, for content that does not consist of elements. */
    public static byte[] implicit(int tag, byte[] content) {
        return element(CONTEXT | tag, content);
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        output.write(tag);
        writeLength(content.size(), output);
        output.writeBytes(content.toByteArray());
        return output.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream output) {
        if (length < 0x80) {
            output.write(length);
        } else {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int zeros = bytes[0] == 0 ? 1 : 0;
            output.write(0x80 | bytes.length - zeros);
            output.write(bytes, zeros, bytes.length - zeros);
        }
    }
}
