package dev.berth.registry.scan.adapter;

import dev.berth.registry.internal.json.JsonObject;
import java.util.Map;

/** How a scanner is called in reports. */
final class ScannerName {
    private static final int LONGEST = 100;

    private ScannerName() {}

    /** Returns name and version; {@code scanner} if it has no name. */
    static String of(Map<String, String> scanner) {
        String name = scanner.getOrDefault("name", "").strip();
        String version = scanner.getOrDefault("version", "").strip();
        String whole = (name.isEmpty() ? "scanner" : name) + (version.isEmpty() ? "" : " " + version);
        return JsonObject.printable(whole, LONGEST);
    }
}
