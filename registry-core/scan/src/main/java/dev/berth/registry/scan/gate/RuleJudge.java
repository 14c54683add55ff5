package dev.berth.registry.scan.gate;

import dev.berth.registry.scan.signature.Signatures;

/** Judges a manifest by one rule, without remembering anything of it. Thread-safe. */
final class RuleJudge {
    private final BesideImages beside = new BesideImages();
    private final TagScope scope;
    private final FindingJudge findings;

    RuleJudge(GateOptions options) {
        this.scope = new TagScope(options.facts());
        this.findings = new FindingJudge(options);
    }

    /**
     * Judges what is about to be handed out.
     *
     * @param named whether it was asked for by a tag that the rule is for
     */
    Outcome pulled(GateRule rule, Subject subject, boolean named) {
        boolean free = !named && !scope.concerns(rule, subject.name(), subject.digest()) || beside.contains(subject);
        if (free) {
            return Outcome.allowed();
        }
        Outcome signed = signed(rule, subject);
        if (!signed.isAllowed() || rule.limit().isEmpty()) {
            return signed;
        }
        return findings.judge(rule, rule.limit().get(), subject);
    }

    /** Judges what is about to be tagged. */
    Outcome tagged(GateRule rule, Subject subject) {
        return beside.contains(subject) ? Outcome.allowed() : signed(rule, subject);
    }

    private static Outcome signed(GateRule rule, Subject subject) {
        for (SignedBy demand : rule.signers()) {
            Signatures found = demand.verifier().verify(subject.repository(), subject.descriptor());
            boolean met = found.accepted().stream()
                    .anyMatch(signature -> signature.signer().isPresent());
            if (!met) {
                return Outcome.denied("it must be signed by " + demand.who() + ", and " + explanation(found));
            }
        }
        return Outcome.allowed();
    }

    private static String explanation(Signatures found) {
        if (found.isSigned()) {
            return "whose signature it has is not known";
        }
        return found.explanation()
                + found.skippedBy()
                        .map(policy -> "; the trust policy '" + policy + "' skips the verification")
                        .orElse("");
    }
}
