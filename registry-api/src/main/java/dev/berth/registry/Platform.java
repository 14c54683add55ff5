package dev.berth.registry;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The platform on which an image runs (OCI image specification, "Image Index", {@code platform}). Its text form is
 * {@code linux/arm64/v8}.
 *
 * @param os the operating system, a value of Go's {@code GOOS}
 * @param architecture the processor architecture, a value of Go's {@code GOARCH}
 * @param variant the variant of the architecture
 * @param osVersion the version of the operating system
 * @param osFeatures the operating system features that the image needs
 * @since 0.1
 */
public record Platform(
        String os, String architecture, Optional<String> variant, Optional<String> osVersion, List<String> osFeatures) {

    /** Copies the list. */
    public Platform {
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(osVersion, "osVersion");
        osFeatures = List.copyOf(osFeatures);
    }

    /** Returns the platform of this operating system and architecture. */
    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Parses {@code os/architecture} or {@code os/architecture/variant}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        boolean complete = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            complete &= !part.isBlank();
        }
        if (!complete) {
            throw new IllegalArgumentException("'" + Quoted.shorten(text)
                    + "' is not a platform; write os/architecture or os/architecture/variant, such as linux/arm64/v8");
        }
        Optional<String> variant = parts.length == 3 ? Optional.of(parts[2]) : Optional.empty();
        return new Platform(parts[0], parts[1], variant, Optional.empty(), List.of());
    }

    /**
     * Returns the variant. If there is none, returns the default variant of the architecture: {@code v8} of
     * {@code arm64}, {@code v7} of {@code arm}, {@code v1} of {@code amd64}, otherwise empty. Images may or may not
     * state the default variant.
     */
    public Optional<String> variantOrUsual() {
        return variant.or(() -> usualVariant(architecture));
    }

    /** Returns whether the variant is the default one of the architecture, stated or not. */
    public boolean isOfUsualVariant() {
        return variantOrUsual().equals(usualVariant(architecture));
    }

    /**
     * Returns whether an image for this platform is suitable for the requested platform.
     *
     * <p>Operating system and architecture must be equal. Properties that the requested platform does not state are
     * ignored; for the others:
     *
     * <ul>
     *   <li>variants are compared by {@link #variantOrUsual}, so that {@code linux/arm64} and {@code linux/arm64/v8}
     *       match each other, and {@code linux/arm} is suitable for {@code linux/arm/v7};
     *   <li>the version of the operating system may have more components than the requested one: {@code 10.0.17763.1}
     *       matches {@code 10.0.17763};
     *   <li>all requested features of the operating system must be present.
     * </ul>
     *
     * <p>If several images match, prefer one with the default variant ({@link #isOfUsualVariant}). Unlike
     * {@link #equals}, this relation is not symmetric.
     */
    public boolean matches(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant.isEmpty() || wanted.variantOrUsual().equals(variantOrUsual()))
                && (wanted.osVersion.isEmpty() || hasVersion(wanted.osVersion.get()))
                && osFeatures.containsAll(wanted.osFeatures);
    }

    private boolean hasVersion(String wanted) {
        return osVersion
                .filter(version -> version.equals(wanted) || version.startsWith(wanted + "."))
                .isPresent();
    }

    /**
     * Returns whether this is a real platform. Build tools set {@code unknown/unknown} for entries of an index that are
     * not images, such as attestations.
     */
    public boolean isKnown() {
        return !os.equals("unknown") && !os.isEmpty();
    }

    private static Optional<String> usualVariant(String architecture) {
        return switch (architecture) {
            case "arm64" -> Optional.of("v8");
            case "arm" -> Optional.of("v7");
            case "amd64" -> Optional.of("v1");
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
