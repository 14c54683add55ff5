package dev.berth.registry.server.resources;

import dev.berth.registry.RegistryError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the addresses of other servers out of what clients are told: those of the registry behind this one, of its token
 * service, of a proxy, of the storage. They are nobody's business but the operator's, who finds them in the log.
 */
final class OtherServers {
    private static final String OTHER = "another server";

    /** An address, without the punctuation of the sentence around it. */
    private static final Pattern ADDRESS = Pattern.compile("\\b[A-Za-z][A-Za-z0-9+.-]{0,30}://"
            + "([^\\s/?#\"'<>(),;]*(?<![.:!?]))(?:[/?#][^\\s\"'<>(),;]*(?<![.:!?]))?");

    /** What the sentences of the client name without a scheme. */
    private static final Pattern NAME = Pattern.compile("\\bThe name \\S+ of (?=[a-z]{1,10}://|the proxy )");

    private static final Pattern PROXY = Pattern.compile("\\bproxy \\S+:\\d{1,5}\\b");
    private static final Pattern CERTIFICATE =
            Pattern.compile("\\bThe certificate of \\S+ does not verify.* fingerprint \\w+");

    private OtherServers() {}

    /** Returns an error that names no address of another server. */
    static RegistryError withoutNames(RegistryError error) {
        Set<String> hosts = new HashSet<>();
        collect(error.message(), hosts);
        error.detail().values().forEach(value -> collect(value, hosts));
        Map<String, String> detail = new HashMap<>();
        error.detail().forEach((name, value) -> detail.put(name, without(value, hosts)));
        return new RegistryError(error.code(), without(error.message(), hosts), detail);
    }

    private static void collect(String text, Set<String> hosts) {
        Matcher addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            String authority = addresses.group(1);
            String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d+$", "");
            if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
    }

    private static String without(String text, Set<String> hosts) {
        if (!text.contains("://") && !text.contains("proxy ") && !text.contains("certificate ") && hosts.isEmpty()) {
            return text;
        }
        String result = NAME.matcher(text).replaceAll("The name of ");
        result = PROXY.matcher(result).replaceAll("proxy");
        result = CERTIFICATE.matcher(result).replaceAll("The certificate of " + OTHER + " does not verify");
        result = ADDRESS.matcher(result).replaceAll(OTHER);
        for (String host : hosts) {
            // A name of one word may be any word of the sentence, unless a port follows.
            boolean word = host.matches("[A-Za-z-]+");
            result = result.replaceAll(
                    "(?<![\\w.-])" + Pattern.quote(host) + "(:\\d{1,5})" + (word ? "" : "?") + "(?![\\w-])", OTHER);
        }
        return result;
    }
}
