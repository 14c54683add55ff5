package dev.berth.registry.internal.objects;

import dev.berth.registry.internal.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/** Constants of enumerations as lower-case words in JSON. */
public final class Words {
    private Words() {}

    /** Returns the word for a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the constant for the word in a field. */
    public static <E extends Enum<E>> E parse(Class<E> type, JsonObject json, String field) {
        String word = json.requireString(field);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> json.malformed(field, "must not be " + JsonObject.printable(word)));
    }
}
