package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.configuration.values.YamlNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@link TrustSettings}. */
public final class TrustReader {
    /** The section about scans. */
    public static final String SCAN = "scan";

    /** The section about signatures. */
    public static final String SIGNATURES = "signatures";

    /** The section about what is handed out. */
    public static final String GATE = "gate";

    /** Sections of names and lists, in the file or as YAML in a variable. */
    public static final Set<String> TREES = Set.of(SCAN, SIGNATURES, GATE);

    private final Function<String, YamlNode> trees;

    /**
     * Reads from these sections.
     *
     * @param trees returns a section by its path
     */
    public TrustReader(Function<String, YamlNode> trees) {
        this.trees = trees;
    }

    /** Reads the sections. */
    public TrustSettings read() {
        Optional<ScanSettings> scan = section(SCAN).map(ScanReader::read);
        SignatureSettings signatures =
                section(SIGNATURES).map(SignatureReader::read).orElse(SignatureSettings.NONE);
        return new TrustSettings(
                scan, signatures, section(GATE).map(node -> new GateReader(signatures, scan.isPresent()).read(node)));
    }

    private Optional<YamlNode> section(String name) {
        return Optional.of(trees.apply(name)).filter(node -> node.value() != null);
    }
}
