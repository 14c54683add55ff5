package dev.berth.examples.standalone.configuration.trust;

import dev.berth.registry.scan.gate.GatePolicy;
import java.nio.file.Path;
import java.util.List;

/**
 * Which images are handed out.
 *
 * @param policy the rules
 * @param accepted files with findings that do not count
 */
public record GateSettings(GatePolicy policy, List<Path> accepted) {}
