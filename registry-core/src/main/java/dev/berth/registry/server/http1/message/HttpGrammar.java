package dev.berth.registry.server.http1.message;

/** The parts of HTTP's grammar (RFC 9110, section 5.6) that several classes need. */
public final class HttpGrammar {
    private static final boolean[] TOKEN_CHARACTERS = new boolean[128];

    static {
        for (char c = 0; c < TOKEN_CHARACTERS.length; c++) {
            TOKEN_CHARACTERS[c] = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }

    private HttpGrammar() {}

    /** Returns whether the text is a token: the form of methods and of names of fields. */
    public static boolean isToken(CharSequence text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public static boolean isTokenCharacter(char c) {
        return c < TOKEN_CHARACTERS.length && TOKEN_CHARACTERS[c];
    }

    /** Returns whether the character may stand in the value of a field: bytes that are not ASCII may. */
    public static boolean isTextCharacter(char c) {
        return c >= ' ' && c != 0x7f || c == '\t';
    }

    /** Returns whether one of the elements of a comma-separated value is this token, without regard to case. */
    public static boolean hasElement(String value, String token) {
        int begin = 0;
        while (begin <= value.length()) {
            int comma = value.indexOf(',', begin);
            int end = comma < 0 ? value.length() : comma;
            String element = value.substring(begin, end).strip();
            if (element.equalsIgnoreCase(token)) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }
}
