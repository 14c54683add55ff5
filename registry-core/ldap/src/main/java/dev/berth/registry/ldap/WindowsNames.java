package dev.berth.registry.ldap;

import java.util.regex.Pattern;

/**
 * The domain of an Active Directory.
 *
 * @param domain the DNS name, such as {@code corp.example.com}
 * @param netbiosName the older name, such as {@code CORP}
 */
record WindowsNames(String domain, String netbiosName) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]+");

    WindowsNames {
        if (!PART.matcher(domain).matches() || !PART.matcher(netbiosName).matches()) {
            throw new IllegalArgumentException(
                    "An Active Directory has a domain such as corp.example.com and an older name such as CORP");
        }
    }
}
