package dev.berth.registry;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The name of an image as on a command line: {@code host:5000/team/app:1.1}, {@code ubuntu}, {@code app@sha256:…}. The
 * rules are those of Docker:
 *
 * <ul>
 *   <li>the text before the first slash is a registry only if it has a dot, a colon or an upper-case letter, or is
 *       {@code localhost}; otherwise the registry is Docker Hub;
 *   <li>on Docker Hub, a name of one component gets the prefix {@code library/};
 *   <li>64 hexadecimal characters alone are an image id, not a name;
 *   <li>without tag and digest, the tag is {@code latest}.
 * </ul>
 *
 * <p>The text form is complete, with all defaults.
 *
 * @param registry the host of the registry, with its port if it has one
 * @param repository the repository
 * @param tag the tag; empty only if there is a digest
 * @param digest the digest; if present, it selects the manifest and the tag is informational
 * @since 0.1
 */
public record Reference(String registry, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {

    /** The default registry. */
    public static final String DEFAULT_REGISTRY = "docker.io";

    private static final String OFFICIAL = "library/";

    private static final int IMAGE_ID_LENGTH = 64;

    /** Checks the host of the registry, and that there is a tag or a digest. */
    public Reference {
        Objects.requireNonNull(registry, "registry");
        if (!isHost(registry)) {
            throw new IllegalArgumentException(
                    "'" + Quoted.shorten(registry) + "' is not a registry: write host or host:port");
        }
        Objects.requireNonNull(repository, "repository");
        if (tag.isEmpty() && digest.isEmpty()) {
            throw new IllegalArgumentException("A reference to " + repository + " needs a tag or a digest");
        }
    }

    /**
     * Parses a reference.
     *
     * @throws IllegalArgumentException if the text is not a reference; the message says which part is wrong
     */
    public static Reference parse(String text) {
        if (text.length() == IMAGE_ID_LENGTH && text.chars().allMatch(Reference::isHex)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is an image id, which is valid on one machine only; name the image in"
                            + " its registry: name:tag or name@sha256:…");
        }
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        String registry = DEFAULT_REGISTRY;
        int slash = rest.indexOf('/');
        if (slash >= 0 && isRegistry(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
            if (!isHost(registry)) {
                throw new IllegalArgumentException("'" + Quoted.shorten(registry) + "' in '" + Quoted.shorten(text)
                        + "' is not a registry: write host or host:port");
            }
        }
        Optional<Tag> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon >= 0) {
            tag = Optional.of(Tag.parse(rest.substring(colon + 1)));
            rest = rest.substring(0, colon);
        } else if (digest.isEmpty()) {
            tag = Optional.of(Tag.LATEST);
        }
        if (registry.equals("index." + DEFAULT_REGISTRY)) {
            registry = DEFAULT_REGISTRY;
        }
        if (registry.equals(DEFAULT_REGISTRY) && rest.indexOf('/') < 0) {
            rest = OFFICIAL + rest;
        }
        return new Reference(registry, RepositoryName.parse(rest), tag, digest);
    }

    /**
     * Returns the reference with these parts. No defaults are added, such as the prefix {@code library/}.
     *
     * @param registry the host of the registry, with its port if it has one
     * @param selector the tag or the digest
     * @throws IllegalArgumentException if the registry is not a valid host
     */
    public static Reference of(String registry, RepositoryName repository, ManifestSelector selector) {
        Objects.requireNonNull(selector, "selector");
        return new Reference(
                registry,
                repository,
                selector instanceof Tag tag ? Optional.of(tag) : Optional.empty(),
                selector instanceof Digest digest ? Optional.of(digest) : Optional.empty());
    }

    /**
     * Returns the reference with these parts: a digest, and an informational tag.
     *
     * @throws IllegalArgumentException if the registry is not a valid host
     */
    public static Reference of(String registry, RepositoryName repository, Tag tag, Digest digest) {
        return new Reference(registry, repository, Optional.of(tag), Optional.of(digest));
    }

    /** Returns the digest if there is one, otherwise the tag. */
    public ManifestSelector selector() {
        return digest.<ManifestSelector>map(d -> d).orElseGet(tag::orElseThrow);
    }

    private static boolean isRegistry(String component) {
        return component.equals("localhost")
                || component.chars().anyMatch(c -> c == '.' || c == ':' || Character.isUpperCase(c));
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end > 1
                    && host.substring(1, end).chars().allMatch(c -> c == ':' || c == '.' || isHex(c))
                    && (end == host.length() - 1 || isPort(host.substring(end + 1)));
        }
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return Arrays.stream(name.split("\\.", -1)).allMatch(Reference::isHostLabel)
                && (colon < 0 || isPort(host.substring(colon)));
    }

    private static boolean isHostLabel(String label) {
        return !label.isEmpty()
                && !label.startsWith("-")
                && !label.endsWith("-")
                && label.chars().allMatch(c -> c == '-' || c < 128 && Character.isLetterOrDigit(c));
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isPort(String colonAndPort) {
        String port = colonAndPort.substring(1);
        return colonAndPort.charAt(0) == ':'
                && !port.isEmpty()
                && port.length() <= 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(port) <= 65535;
    }

    @Override
    public String toString() {
        return registry
                + "/"
                + repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
