package dev.berth.registry.console.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.Set;

/** What a refusal says to people. */
final class Sentences {
    /** What somebody can do something about who fills in a form. */
    private static final Set<ErrorCode> OF_FORMS =
            Set.of(ErrorCode.REQUEST_INVALID, ErrorCode.DENIED, ErrorCode.NOT_FOUND, ErrorCode.TOOMANYREQUESTS);

    private Sentences() {}

    /** Returns the first sentence, with its full stop. */
    static String of(RegistryException e) {
        String sentence = e.errors().get(0).message();
        return sentence.isEmpty() || sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** Returns whether the form is to be shown again with what is wrong about it. */
    static boolean isOfForm(RegistryException e) {
        return OF_FORMS.contains(e.code());
    }
}
