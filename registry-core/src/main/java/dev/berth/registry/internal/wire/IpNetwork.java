package dev.berth.registry.internal.wire;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * A range of IP addresses.
 *
 * @param prefix an address of the range
 * @param length how many leading bits all addresses of the range share with it
 */
public record IpNetwork(InetAddress prefix, int length) {

    /**
     * Parses an address such as {@code 192.0.2.1}, or a range in CIDR notation such as {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException if it is neither. Names are not resolved
     */
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!InetAddresses.isInetAddress(address)) {
            throw refused(text);
        }
        InetAddress prefix = InetAddresses.forString(address);
        int longest = prefix.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new IpNetwork(prefix, longest);
        }
        String bits = text.substring(slash + 1);
        if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refused(text);
        }
        int length = Integer.parseInt(bits);
        if (length > longest) {
            throw refused(text);
        }
        return new IpNetwork(prefix, length);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "A network is an IP address, or one with a prefix length such as 10.0.0.0/8, unlike '" + text + "'");
    }

    /** Returns whether an address is in this range. */
    public boolean contains(InetAddress address) {
        byte[] own = prefix.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        int whole = length / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (own[i] != other[i]) {
                return false;
            }
        }
        int rest = length % Byte.SIZE;
        return rest == 0 || (own[whole] ^ other[whole]) >>> (Byte.SIZE - rest) << (Integer.SIZE - rest) == 0;
    }
}
