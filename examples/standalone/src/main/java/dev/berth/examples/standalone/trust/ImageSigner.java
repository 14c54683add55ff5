package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.NotationSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes signatures or attestations, as the options say. */
interface ImageSigner {

    /** Returns whether the name of the repository is signed too. */
    boolean signsName();

    /** Signs a manifest, and returns the manifests with signatures, by their forms in words. */
    Map<String, Digest> sign(Repository repository, Digest image, String name);

    /** Returns one that signs with a key. */
    static ImageSigner of(CosignSigner signer, List<SignatureForm> forms) {
        return named((repository, image, name) -> signer.sign(repository, image, name), forms);
    }

    /** Returns one that attests something with a key. */
    static ImageSigner attesting(
            CosignSigner signer, List<SignatureForm> forms, String predicateType, String predicate) {
        return named(
                (repository, image, name) -> signer.attest(repository, image, name, predicateType, predicate), forms);
    }

    /** Returns one that signs with a certificate. */
    static ImageSigner of(NotationSigner signer) {
        return new ImageSigner() {
            @Override
            public boolean signsName() {
                return false;
            }

            @Override
            public Map<String, Digest> sign(Repository repository, Digest image, String name) {
                return Map.of(
                        FormWords.of(SignatureForm.NOTATION),
                        signer.sign(repository, image).digest());
            }
        };
    }

    private static ImageSigner named(Signing signing, List<SignatureForm> forms) {
        return new ImageSigner() {
            @Override
            public boolean signsName() {
                return true;
            }

            @Override
            public Map<String, Digest> sign(Repository repository, Digest image, String name) {
                List<Descriptor> signed;
                try {
                    signed = signing.sign(repository, image, name);
                } catch (IllegalArgumentException e) {
                    throw new CommandException("The image cannot be signed: " + e.getMessage() + ".");
                }
                Map<String, Digest> byForm = new LinkedHashMap<>();
                for (int i = 0; i < signed.size(); i++) {
                    byForm.put(FormWords.of(forms.get(i)), signed.get(i).digest());
                }
                return byForm;
            }
        };
    }

    /** Signs or attests. */
    interface Signing {
        /** Returns the manifests that have it, in the order of the forms. */
        List<Descriptor> sign(Repository repository, Digest image, String name);
    }
}
