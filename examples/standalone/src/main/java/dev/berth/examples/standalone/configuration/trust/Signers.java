package dev.berth.examples.standalone.configuration.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Checked;
import dev.berth.examples.standalone.configuration.values.YamlNode;
import dev.berth.registry.scan.gate.SignedBy;
import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds whom a rule of a gate means by the names of keys. */
final class Signers {
    private Signers() {}

    /** Returns the demand that any of the named ones has signed. */
    static SignedBy of(SignatureSettings signatures, YamlNode node) {
        Map<String, TrustedKey> keys =
                signatures.keys().stream().collect(Collectors.toMap(TrustedKey::name, Function.identity()));
        List<TrustedKey> chosen = new ArrayList<>();
        List<String> names = new ArrayList<>();
        SignatureVerifier.Builder verifier = SignatureVerifier.builder().withoutAttestations();
        for (YamlNode element : node.elements()) {
            String name = element.text();
            names.add(name);
            if (name.equals(SignatureReader.NOTATION)) {
                NotationTrust trust = signatures
                        .notation()
                        .orElseThrow(() -> new CommandException("The setting " + element.path()
                                + " is 'notation', but there are no policies; add signatures.notation."));
                verifier.notation(trust);
                signatures.host().ifPresent(verifier::host);
            } else if (keys.containsKey(name)) {
                chosen.add(keys.get(name));
            } else {
                Set<String> known = new HashSet<>(keys.keySet());
                signatures.notation().ifPresent(trust -> known.add(SignatureReader.NOTATION));
                throw new CommandException("The key '" + name + "' of " + element.path() + " is unknown"
                        + (known.isEmpty() ? "; add it to signatures.keys." : YamlNode.meant(name, known)));
            }
        }
        verifier.keys(Checked.value(node.path(), () -> TrustedKeys.of(chosen)));
        return Checked.value(node.path(), () -> new SignedBy(String.join(" or ", names), verifier.build()));
    }
}
