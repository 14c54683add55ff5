package dev.berth.registry.scan.version;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which order an ecosystem has. */
final class Ecosystems {
    private static final Map<String, VersionOrder> ORDERS = orders();

    private Ecosystems() {}

    static Optional<VersionOrder> order(String ecosystem) {
        int release = ecosystem.indexOf(':');
        return Optional.ofNullable(ORDERS.get(release < 0 ? ecosystem : ecosystem.substring(0, release)));
    }

    private static Map<String, VersionOrder> orders() {
        Map<String, VersionOrder> orders = new HashMap<>();
        put(orders, new DebianOrder(), "Debian", "Ubuntu", "Echo");
        put(
                orders,
                new ApkOrder(),
                "Alpine",
                "Alpaquita",
                "BellSoft Hardened Containers",
                "Chainguard",
                "MinimOS",
                "Wolfi");
        put(
                orders,
                new RpmOrder(),
                "AlmaLinux",
                "Azure Linux",
                "Mageia",
                "openEuler",
                "openSUSE",
                "Photon OS",
                "Red Hat",
                "Rocky Linux",
                "SUSE");
        put(orders, new MavenOrder(), "Maven");
        put(orders, new SemanticOrder(), "npm", "crates.io");
        put(orders, new GoOrder(), "Go");
        put(orders, new PythonOrder(), "PyPI");
        return Map.copyOf(orders);
    }

    private static void put(Map<String, VersionOrder> orders, VersionOrder order, String... ecosystems) {
        VersionOrder bounded = new BoundedOrder(order);
        List.of(ecosystems).forEach(ecosystem -> orders.put(ecosystem, bounded));
    }
}
