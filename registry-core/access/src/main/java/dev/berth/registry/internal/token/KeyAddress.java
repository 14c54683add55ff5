package dev.berth.registry.internal.token;

import java.net.URI;

/** Addresses that keys are fetched from. */
public final class KeyAddress {
    private KeyAddress() {}

    /**
     * Returns the address.
     *
     * @throws IllegalArgumentException if it is no URL with http or https and a host, or has a user or a fragment
     */
    public static URI require(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        if (!(scheme.equals("https") || scheme.equals("http")) || address.getHost() == null) {
            throw new IllegalArgumentException("Keys are fetched from an https URL, not from '" + shown(address) + "'");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The URL of keys has no user, password or fragment: '" + shown(address) + "'");
        }
        return address;
    }

    /** Returns an address for messages: without a user, which may come with a password, and without a query. */
    public static String shown(URI address) {
        String host = address.getHost() == null ? "" : address.getHost();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return (address.getScheme() == null ? "" : address.getScheme() + "://") + host + port + path;
    }
}
