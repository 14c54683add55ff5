package dev.berth.registry.scan.gate;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.scan.report.Severity;

/** The contract of registries, kept by a gate whose rules let everything pass. */
class GateContractTest extends RegistryContract {
    private static final Registry REGISTRY = new GateWorld()
            .gate(
                    GateRule.named("findings")
                            .noFindingAbove(Severity.LOW)
                            .unscanned(Answer.allow())
                            .unscannable(Answer.allow())
                            .build(),
                    GateRule.named("signatures")
                            .signedBy(GateWorld.SIGNED)
                            .tags("*")
                            .beforeTagging()
                            .dryRun()
                            .build());

    @Override
    protected Registry registry() {
        return REGISTRY;
    }
}
