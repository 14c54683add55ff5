package dev.berth.registry.storage.s3;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips what S3Proxy with files behind it cannot do, and says why. Ceph's gateway can do all of it: where that is
 * installed, S3Proxy is for those who ask for it.
 */
final class BeyondS3Proxy implements ExecutionCondition {
    private static final String RACES = "S3Proxy does not keep If-Match when several write at the same time";
    private static final String ORDER = "S3Proxy lists in the order of UTF-16 beyond U+FFFF";
    private static final String PATHS =
            "S3Proxy keeps objects as files: no name may be a directory's as well, nor longer"
                    + " than a file's may be";
    private static final String FILES =
            "S3Proxy lists a directory while it changes, and for an instant misses a file that is being replaced, or its"
                    + " version";

    private static final Map<String, String> CLASSES = Map.of("UploadRaces", RACES);

    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("exactlyOneReplacesAVersion", RACES),
            Map.entry("exactlyOneReplacesAVersionForADeletion", RACES),
            Map.entry("exactlyOneDeletesAVersion", RACES),
            Map.entry("aVersionIsEitherDeletedOrReplaced", RACES),
            Map.entry("noIncrementIsLost", RACES),
            Map.entry("ofAppendsAtOneOffsetOneSucceeds", RACES),
            Map.entry("goesOnAfterAnyName", ORDER),
            Map.entry("pagesOfEverySizeMakeTheSameListing", ORDER),
            Map.entry("ordersByTheBytesOfUtf8", ORDER),
            Map.entry("theOrderOfWritingDoesNotMatter", ORDER),
            Map.entry("showsWhatIsThereAndNotWhatWas", ORDER),
            Map.entry("aGroupOfKeysIsNotAnObject", PATHS),
            Map.entry("deletingNothingDoesNothing", PATHS),
            Map.entry("isNotFoundWhereNoneWasStarted", PATHS),
            Map.entry("takesTheLongestKeys", PATHS),
            Map.entry("theLongestNameIsListed", PATHS),
            Map.entry("neverMissesOrRepeatsAKeyWhileOthersWrite", FILES),
            Map.entry("whatIsReplacedAndDeletedIsNeverMixed", FILES),
            Map.entry("whatIsReplacedIsNeverMixedAndNeverMissing", FILES));

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        if (Ceph.isAvailable() && !Boolean.getBoolean("berth.it.s3proxy")) {
            return ConditionEvaluationResult.disabled(
                    "Ceph's gateway does more; -Dberth.it.s3proxy=true tests S3Proxy beside it");
        }
        Optional<String> reason = test.getTestMethod()
                .map(method -> METHODS.get(method.getName()))
                .or(() -> test.getTestClass().map(type -> CLASSES.get(type.getSimpleName())));
        return reason.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("S3Proxy can do this"));
    }
}
