package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places for values, <code>{0}</code> and <code>{1}</code>. Values are escaped where they are put. */
record NameTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([01])}");

    /** Checks that the text is a filter with at least one place for a value. */
    static NameTemplate filter(String what, String text) {
        NameTemplate template = new NameTemplate(text);
        try {
            template.toFilter("a", "a");
            template.toFilterForAny();
        } catch (LDAPException e) {
            throw new IllegalArgumentException("The " + what + " is no LDAP filter: " + text, e);
        }
        if (!PLACE.matcher(text).find()) {
            throw new IllegalArgumentException("The " + what + " needs {0}, for the value that is searched: " + text);
        }
        return template;
    }

    boolean hasPlace(int index) {
        return text.contains("{" + index + "}");
    }

    boolean isDn() {
        return text.contains("=");
    }

    /** Returns the filter with these values. */
    Filter toFilter(String... values) throws LDAPException {
        return Filter.create(replaced(text, Filter::encodeValue, values));
    }

    /** Returns the filter for any values. */
    Filter toFilterForAny() throws LDAPException {
        return Filter.create(PLACE.matcher(text).replaceAll("*"));
    }

    /** Returns the name of an entry with these values. */
    DN toDn(String... values) throws LDAPException {
        List<RDN> parts = Arrays.stream(new DN(text).getRDNs())
                .map(part -> new RDN(
                        part.getAttributeNames(),
                        Arrays.stream(part.getAttributeValues())
                                .map(value -> replaced(value, UnaryOperator.identity(), values))
                                .toArray(String[]::new)))
                .toList();
        return new DN(parts);
    }

    /** Returns the text with these values as they are. */
    String toText(String... values) {
        return replaced(text, UnaryOperator.identity(), values);
    }

    /** Replaces all places at once: a value that looks like a place stays as it is. */
    private static String replaced(String template, UnaryOperator<String> escape, String... values) {
        return PLACE.matcher(template).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(escape.apply(values[Math.min(index, values.length - 1)]));
        });
    }
}
