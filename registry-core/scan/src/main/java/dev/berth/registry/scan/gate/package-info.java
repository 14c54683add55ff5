/**
 * The gate: a registry in front of another one, which hands out only what is signed as demanded, and has nothing known against it
 * that is too bad.
 *
 * <p>{@link dev.berth.registry.scan.gate.Gate} is the registry. A {@link dev.berth.registry.scan.gate.GatePolicy} has its rules: a
 * {@link dev.berth.registry.scan.gate.GateRule} says for which repositories and tags it is, by whom images must be signed
 * ({@link dev.berth.registry.scan.gate.SignedBy}), which findings are too bad
 * ({@link dev.berth.registry.scan.gate.FindingLimit}), and what happens to images of which nothing is known
 * ({@link dev.berth.registry.scan.gate.Answer}).
 *
 * <p>{@link dev.berth.registry.scan.gate.GateOptions} tell it where verdicts are
 * ({@link dev.berth.registry.scan.report.Verdicts}), which findings are accepted
 * ({@link dev.berth.registry.scan.gate.OpenFindings}), since when they are known
 * ({@link dev.berth.registry.scan.gate.KnownSince}), whom to ask for a scan
 * ({@link dev.berth.registry.scan.gate.ScanRequests}), and whom to tell ({@link dev.berth.registry.scan.gate.GateListener},
 * {@link dev.berth.registry.scan.gate.GateAudit}).
 */
@NullMarked
package dev.berth.registry.scan.gate;

import org.jspecify.annotations.NullMarked;
