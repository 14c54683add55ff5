package dev.berth.registry.scan.found;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes package URLs in their canonical form: {@code pkg:type/namespace/name@version?qualifiers}. */
final class PackageUrl {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~";

    private PackageUrl() {}

    static String of(FoundPackage found, Optional<Distribution> distribution) {
        String version = found.version();
        Map<String, String> qualifiers = new TreeMap<>();
        if (found.type().isSystem()) {
            found.architecture().ifPresent(architecture -> qualifiers.put("arch", architecture));
            distribution.ifPresent(system -> qualifiers.put(
                    "distro", system.version().isEmpty() ? system.id() : system.id() + "-" + system.version()));
        }
        int colon = version.indexOf(':');
        if (found.type() == PackageType.RPM && colon > 0) {
            qualifiers.put("epoch", version.substring(0, colon));
            version = version.substring(colon + 1);
        }
        StringBuilder url =
                new StringBuilder("pkg:").append(found.type().id()).append('/').append(path(found, distribution));
        url.append('@').append(encoded(version));
        char separator = '?';
        for (Map.Entry<String, String> qualifier : qualifiers.entrySet()) {
            url.append(separator).append(qualifier.getKey()).append('=').append(encoded(qualifier.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    private static String path(FoundPackage found, Optional<Distribution> distribution) {
        String name = found.name();
        return switch (found.type()) {
            case DEB -> namespace(distribution, "debian") + encoded(name.toLowerCase(Locale.ROOT));
            case APK -> namespace(distribution, "alpine") + encoded(name.toLowerCase(Locale.ROOT));
            case RPM -> namespace(distribution, "") + encoded(name);
            case MAVEN -> segments(name.replace(':', '/'));
            case GOLANG -> segments(name.toLowerCase(Locale.ROOT));
            case NPM -> segments(name);
            case CARGO -> encoded(name);
            case PYPI -> encoded(name.toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }

    /** The namespace is the vendor, which is not always the name of what it makes. */
    private static String namespace(Optional<Distribution> distribution, String otherwise) {
        String vendor = distribution
                .map(system -> switch (system.id()) {
                    case "rhel" -> "redhat";
                    case "opensuse-leap", "opensuse-tumbleweed" -> "opensuse";
                    case "sles" -> "suse";
                    case "amzn" -> "amazon";
                    default -> system.id();
                })
                .orElse(otherwise);
        return vendor.isEmpty() ? "" : encoded(vendor.toLowerCase(Locale.ROOT)) + "/";
    }

    private static String segments(String path) {
        StringBuilder encoded = new StringBuilder();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                encoded.append(encoded.isEmpty() ? "" : "/").append(encoded(segment));
            }
        }
        return encoded.toString();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && PLAIN.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
            }
        }
        return encoded.toString();
    }
}
