package dev.berth.registry.scan.known;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.signature.CheckedSignature;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.Signatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings together what several verifiers say of the signatures of one manifest. For one thread. */
final class SignatureMerge {
    private static final int MOST_REASONS = 5;

    private final Map<Place, List<CheckedSignature>> found = new LinkedHashMap<>();
    private boolean complete = true;

    /** Where a signature is: several can be in one manifest. */
    private record Place(SignatureForm form, Digest manifest, boolean attestation, int number) {}

    void add(Signatures checked) {
        complete &= checked.complete();
        Map<Place, Integer> numbers = new HashMap<>();
        for (CheckedSignature signature : checked.all()) {
            Place manifest = new Place(signature.form(), signature.manifest(), signature.attestation(), 0);
            int number = numbers.merge(manifest, 1, Integer::sum);
            found.computeIfAbsent(
                            new Place(signature.form(), signature.manifest(), signature.attestation(), number),
                            place -> new ArrayList<>())
                    .add(signature);
        }
    }

    /** @param judged whether one of the verifiers trusts somebody */
    KnownSignatures result(boolean judged) {
        List<KnownSignature> all = new ArrayList<>();
        found.forEach((place, said) -> all.add(merge(place, said)));
        return new KnownSignatures(all, complete, judged);
    }

    private static KnownSignature merge(Place place, List<CheckedSignature> said) {
        Optional<CheckedSignature> accepted = said.stream()
                .filter(CheckedSignature::isAccepted)
                .reduce((one, other) -> one.signer().isPresent() ? one : other);
        Set<String> reasons = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        if (accepted.isPresent()) {
            warnings.addAll(accepted.get().warnings());
        } else {
            said.forEach(refused -> reasons.addAll(refused.refusals()));
        }
        return new KnownSignature(
                place.form(),
                place.manifest(),
                place.attestation(),
                accepted.flatMap(CheckedSignature::signer),
                accepted.flatMap(CheckedSignature::predicateType),
                accepted.isPresent(),
                reasons.stream().limit(MOST_REASONS).toList(),
                warnings.stream().limit(MOST_REASONS).toList());
    }
}
