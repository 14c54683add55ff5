package dev.berth.registry.scan.internal.purl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package URL, decoded: {@code pkg:type/namespace/name@version?qualifiers#subpath}. Its parts are text without blanks and
 * control characters, whatever stood in it. Immutable.
 *
 * @param type the type in lower case
 * @param namespace the namespace, its segments separated by slashes; empty if it has none
 * @param name the name
 * @param version the version; empty if it has none
 * @param qualifiers the qualifiers that have a value
 */
public record Purl(
        String type, String namespace, String name, Optional<String> version, Map<String, String> qualifiers) {
    private static final String SCHEME = "pkg:";
    private static final int LONGEST = 4096;
    private static final int MOST_QUALIFIERS = 64;

    /** Copies the qualifiers. */
    public Purl {
        qualifiers = Map.copyOf(qualifiers);
    }

    /** Returns whether a text is meant to be a package URL. */
    public static boolean isOne(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Parses a package URL, also one that is not in its canonical form.
     *
     * @throws IllegalArgumentException if it is none, or has what no package is called; the message does not repeat it
     */
    public static Purl parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("It has more than " + LONGEST + " characters");
        }
        if (!isOne(text)) {
            throw new IllegalArgumentException("It does not begin with pkg:");
        }
        String rest = before(text.substring(SCHEME.length()), '#');
        int question = rest.lastIndexOf('?');
        Map<String, String> qualifiers = question < 0 ? Map.of() : qualifiers(rest.substring(question + 1));
        rest = question < 0 ? rest : rest.substring(0, question);
        int begin = 0;
        while (begin < rest.length() && rest.charAt(begin) == '/') {
            begin++;
        }
        int slash = rest.indexOf('/', begin);
        if (slash < 0) {
            throw new IllegalArgumentException("It has no name");
        }
        String type = rest.substring(begin, slash).toLowerCase(Locale.ROOT);
        if (!type.matches("[a-z][a-z0-9.+-]*")) {
            throw new IllegalArgumentException("Its type is none");
        }
        rest = rest.substring(slash + 1);
        // The scope of a package of npm may begin with an @ that is not encoded.
        int at = rest.lastIndexOf('@');
        boolean versioned = at > 0 && at > rest.lastIndexOf('/');
        Optional<String> version =
                versioned ? Optional.of(decoded(rest.substring(at + 1))).filter(v -> !v.isEmpty()) : Optional.empty();
        List<String> segments = segments(versioned ? rest.substring(0, at) : rest);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("It has no name");
        }
        String name = segments.remove(segments.size() - 1);
        return new Purl(type, normal(type, String.join("/", segments)), normal(type, name), version, qualifiers);
    }

    /** Returns a qualifier, if it has a value. */
    public Optional<String> qualifier(String key) {
        return Optional.ofNullable(qualifiers.get(key));
    }

    /** Returns namespace and name, separated by a slash if there is a namespace. */
    public String path() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** Returns whether another package URL is about the same, or about a part of what this one is about. */
    public boolean includes(Purl other) {
        return type.equals(other.type)
                && namespace.equals(other.namespace)
                && name.equals(other.name)
                && (version.isEmpty() || version.equals(other.version))
                && other.qualifiers.entrySet().containsAll(qualifiers.entrySet());
    }

    /** Some types have names in which case does not matter. */
    private static String normal(String type, String part) {
        return switch (type) {
            case "deb", "apk", "alpine", "golang", "oci", "docker", "github" -> part.toLowerCase(Locale.ROOT);
            case "pypi" -> part.toLowerCase(Locale.ROOT).replace('_', '-');
            default -> part;
        };
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment));
            }
        }
        return segments;
    }

    private static Map<String, String> qualifiers(String text) {
        Map<String, String> qualifiers = new TreeMap<>();
        for (String pair : text.split("&", MOST_QUALIFIERS + 1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                qualifiers.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), decoded(pair.substring(equals + 1)));
            }
        }
        if (qualifiers.size() > MOST_QUALIFIERS) {
            throw new IllegalArgumentException("It has more than " + MOST_QUALIFIERS + " qualifiers");
        }
        return qualifiers;
    }

    private static String before(String text, char end) {
        int index = text.lastIndexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    private static String decoded(String text) {
        String decoded = text.indexOf('%') < 0 ? text : percentDecoded(text);
        if (decoded.chars().anyMatch(c -> c <= ' ' || c == 0x7f || Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException("It has blanks or control characters");
        }
        return decoded;
    }

    private static String percentDecoded(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
            } else if (i + 2 < in.length && digit(in[i + 1]) >= 0 && digit(in[i + 2]) >= 0) {
                out.put((byte) (digit(in[i + 1]) << 4 | digit(in[i + 2])));
                i += 2;
            } else {
                throw new IllegalArgumentException("It has a % without two digits");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("It is not in UTF-8", e);
        }
    }

    private static int digit(byte b) {
        return Character.digit((char) b, 16);
    }
}
