package dev.berth.registry.scan.internal.purl;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.Optional;

/** Package URLs of images: {@code pkg:oci/app@sha256%3A…?repository_url=registry.example/team/app}. */
public final class ImagePurl {
    private static final String TYPE = "oci";

    private ImagePurl() {}

    /** Returns that of an image, of which the registry is not known by name. */
    public static String of(RepositoryName repository, Digest image, Optional<String> architecture) {
        String path = repository.value();
        StringBuilder purl = new StringBuilder("pkg:oci/")
                .append(path.substring(path.lastIndexOf('/') + 1))
                .append('@')
                .append(image.algorithm())
                .append("%3A")
                .append(image.hex());
        architecture
                .filter(text -> text.matches("[A-Za-z0-9._-]+"))
                .ifPresent(text -> purl.append("?arch=").append(text));
        return purl.toString();
    }

    /** Returns whether a package URL is that of an image. */
    public static boolean isOne(Purl purl) {
        return purl.type().equals(TYPE) || purl.type().equals("docker");
    }

    /** Returns the digest of the image, if its package URL says it. */
    public static Optional<Digest> digest(Purl purl) {
        try {
            return purl.version().filter(version -> version.indexOf(':') > 0).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the repository of an image, without its registry, if its package URL has it in full. */
    public static Optional<RepositoryName> repository(Purl purl) {
        Optional<String> full = purl.type().equals(TYPE) ? purl.qualifier("repository_url") : Optional.of(purl.path());
        try {
            return full.map(ImagePurl::withoutRegistry).map(RepositoryName::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutRegistry(String text) {
        String name = text.contains("://") ? text.substring(text.indexOf("://") + 3) : text;
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
        return registry ? name.substring(slash + 1) : name;
    }
}
