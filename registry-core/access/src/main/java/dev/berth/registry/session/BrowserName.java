package dev.berth.registry.session;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in two words what a {@code User-Agent} says in two hundred. */
final class BrowserName {
    private static final int LONGEST_READ = 1_000;
    private static final int LONGEST_NAME = 40;
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9._ -]+");

    /** In this order: each browser says that it is those behind it, too. */
    private static final List<Map.Entry<String, String>> BROWSERS = List.of(
            Map.entry("edg", "Edge"),
            Map.entry("opr/", "Opera"),
            Map.entry("samsungbrowser/", "Samsung Internet"),
            Map.entry("firefox/", "Firefox"),
            Map.entry("fxios/", "Firefox"),
            Map.entry("headlesschrome/", "Chrome"),
            Map.entry("crios/", "Chrome"),
            Map.entry("chrome/", "Chrome"),
            Map.entry("safari/", "Safari"));

    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("android", "Android"),
            Map.entry("iphone", "iPhone"),
            Map.entry("ipad", "iPad"),
            Map.entry("windows", "Windows"),
            Map.entry("mac os x", "macOS"),
            Map.entry("cros", "ChromeOS"),
            Map.entry("linux", "Linux"));

    private BrowserName() {}

    /** Returns a short text of printable ASCII; empty if nothing is known. */
    static String of(String userAgent) {
        String agent = userAgent.substring(0, Math.min(userAgent.length(), LONGEST_READ));
        String lower = agent.toLowerCase(Locale.ROOT);
        String browser = first(BROWSERS, lower);
        String system = first(SYSTEMS, lower);
        if (browser.isEmpty()) {
            return product(agent);
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String first(List<Map.Entry<String, String>> known, String agent) {
        return known.stream()
                .filter(entry -> agent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Returns what a program calls itself, such as {@code curl}. */
    private static String product(String agent) {
        Matcher product = PRODUCT.matcher(agent);
        if (!product.lookingAt()) {
            return "";
        }
        String name = product.group().strip();
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).strip();
    }
}
