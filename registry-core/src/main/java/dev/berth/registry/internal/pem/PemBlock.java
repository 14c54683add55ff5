package dev.berth.registry.internal.pem;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a text in PEM form (RFC 7468).
 *
 * @param label what it is, such as {@code PRIVATE KEY}
 * @param content the bytes that were in base64
 */
@SuppressWarnings("ArrayRecordComponent") // blocks are never compared
public record PemBlock(String label, byte[] content) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /**
     * Returns the blocks of a text, in its order.
     *
     * @param holder what holds the text, for messages, such as {@code The file x}
     * @throws IllegalArgumentException if a block has no end, is not in base64, or is a key in the form of OpenSSL that is
     *     encrypted
     */
    public static List<PemBlock> read(String holder, byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        List<PemBlock> blocks = new ArrayList<>();
        int position = all.indexOf(BEGIN);
        while (position >= 0) {
            int labelEnd = all.indexOf(DASHES, position + BEGIN.length());
            String label = labelEnd < 0 ? "" : all.substring(position + BEGIN.length(), labelEnd);
            // Not before the content, where the dashes of the label could be taken for those of the end.
            int end = all.indexOf("-----END " + label + DASHES, labelEnd + DASHES.length());
            if (labelEnd < 0 || end < 0) {
                throw new IllegalArgumentException(holder + " ends in the middle of a PEM block");
            }
            blocks.add(new PemBlock(label, decode(holder, all.substring(labelEnd + DASHES.length(), end))));
            position = all.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static byte[] decode(String holder, String base64) {
        if (base64.contains("Proc-Type:")) {
            throw new IllegalArgumentException(
                    holder + " has a key that is encrypted: decrypt it, for example with openssl pkey");
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(holder + " has a PEM block that is not in base64", e);
        }
    }

    /**
     * Returns the key of an older form, PKCS #1 or SEC 1, as PKCS #8: PrivateKeyInfo ::= SEQUENCE { version, algorithm, key
     * OCTET STRING }.
     *
     * @param algorithm the AlgorithmIdentifier, in DER
     */
    public byte[] pkcs8(byte[] algorithm) {
        return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octetString(content));
    }
}
