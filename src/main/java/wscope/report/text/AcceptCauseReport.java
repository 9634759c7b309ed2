package wscope.report.text;

import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.AcceptMistake;

/** Names the mistake that gives a wrong accept value, and the line of code to suspect. */
public final class AcceptCauseReport {
  private static final String TAKES_KEY = "the line that takes the key from the request";
  private static final String JOINS = "the line that joins the key and the GUID";
  private static final String HASHES = "the line that hashes the text";
  private static final String ENCODES = "the line that encodes the hash";
  private static final String WRITES = "the line that writes the field into the response";

  private AcceptCauseReport() {}

  /** Shows the cause in one line, and one line of advice for each mistake. */
  public static void show(Screen screen, AcceptCause cause) {
    screen.text("      cause: ", Style.HEADING).words(13);
    String separator = "";
    for (AcceptCause.Step step : cause.steps()) {
      screen.text(separator);
      SafeText.words(screen, what(step.mistake(), step.detail()));
      separator = ", and ";
    }
    screen.endLine();
    for (AcceptCause.Step step : cause.steps()) {
      screen.text("      check: ").words(13);
      SafeText.words(screen, where(step.mistake()));
      screen.endLine();
    }
  }

  /** Shows that no known mistake gives the value. */
  public static void unknown(Screen screen) {
    screen.text("      cause: ", Style.HEADING).words(13);
    screen.text("none of the mistakes that wscope knows gives this value; was it computed for");
    screen.text(" another key?").endLine();
  }

  private static String what(AcceptMistake mistake, String detail) {
    return switch (mistake) {
      case SAMPLE_VALUE -> "this is the value for the key in the example of RFC 6455";
      case KEY_ECHOED -> "the server sent the key itself back";
      case OTHER_KEY -> "this is the value for another key, " + detail;
      case NO_GUID -> "the server did not append the GUID to the key";
      case NO_KEY -> "the server hashed the GUID without a key";
      case GUID_FIRST -> "the server put the GUID before the key";
      case KEY_DECODED -> "the server decoded the key from base64 before it hashed it";
      case KEY_WITH_WHITESPACE -> "the server hashed the key with " + detail;
      case KEY_WITH_NAME -> "the server hashed the whole header line instead of its value";
      case KEY_IN_QUOTES -> "the server hashed quotation marks with the key";
      case KEY_WITHOUT_PADDING -> "the server hashed the key without its ==";
      case KEY_IN_OTHER_CASE -> "the server hashed the key in " + detail + " case";
      case GUID_IN_LOWER_CASE -> "the server hashed the GUID in lower case";
      case GUID_AS_BYTES -> "the server appended the 16 bytes of the GUID instead of its text";
      case GUID_MISTYPED -> "the GUID of the server is " + detail;
      case SURPLUS_AT_END -> "the server hashed " + detail + " after the GUID";
      case UTF_16 -> "the server hashed the text in UTF-16 instead of ASCII";
      case NOT_HASHED -> "the server did not hash the text";
      case OTHER_HASH -> "the server used " + detail + " instead of SHA-1";
      case WORDS_REVERSED -> "the bytes of the hash are in another order";
      case DIGEST_AS_TEXT -> "the server turned the hash into text before it encoded it";
      case DIGEST_CUT_AT_ZERO -> "the server cut the hash off at its first zero byte";
      case HEX -> "the server wrote the hash in hexadecimal instead of base64";
      case BASE64_OF_HEX -> "the server encoded the hexadecimal text of the hash in base64";
      case BASE64_TWICE -> "the server encoded the hash in base64 twice";
      case BASE64URL -> "the server used the alphabet of base64url, with - and _";
      case VALUE_WITHOUT_PADDING -> "the server left out the = at the end";
      case VALUE_IN_OTHER_CASE -> "the server changed the case of the letters";
      case VALUE_IN_QUOTES -> "the server put the value into quotation marks";
    };
  }

  private static String where(AcceptMistake mistake) {
    return switch (mistake) {
      case SAMPLE_VALUE -> "where the value is written as a constant; compute it for each request";
      case KEY_ECHOED -> WRITES + "; write the accept value, not the key";
      case OTHER_KEY -> "the variable that holds the key; it must belong to one connection";
      case NO_GUID, GUID_FIRST -> JOINS + "; the text is key + \"" + AcceptKey.GUID + "\"";
      case NO_KEY -> TAKES_KEY + "; it gives an empty key (are names compared in one case?)";
      case KEY_DECODED -> TAKES_KEY + "; hash the 24 characters as they are";
      case KEY_WITH_WHITESPACE -> TAKES_KEY + "; remove spaces, CR and LF from both ends";
      case KEY_WITH_NAME -> TAKES_KEY + "; the key begins after the colon and the space";
      case KEY_IN_QUOTES -> JOINS + "; add no quotation marks";
      case KEY_WITHOUT_PADDING -> TAKES_KEY + "; do not split the line at =";
      case KEY_IN_OTHER_CASE -> TAKES_KEY + "; change the case of the name only";
      case GUID_IN_LOWER_CASE, GUID_MISTYPED ->
          "the constant of the GUID; it is \"" + AcceptKey.GUID + "\"";
      case GUID_AS_BYTES -> JOINS + "; append the GUID as a text of 36 characters";
      case SURPLUS_AT_END -> HASHES + "; hash 60 bytes: 24 of the key and 36 of the GUID";
      case UTF_16 -> HASHES + "; turn the text into bytes as ASCII or UTF-8";
      case NOT_HASHED -> HASHES + "; encode the 20 bytes of its SHA-1";
      case OTHER_HASH -> HASHES + "; use SHA-1";
      case WORDS_REVERSED -> HASHES + "; the words of SHA-1 are written in big-endian order";
      case DIGEST_AS_TEXT -> ENCODES + "; keep the 20 bytes as bytes, never as a string";
      case DIGEST_CUT_AT_ZERO -> ENCODES + "; its length is always 20, not strlen()";
      case HEX, BASE64_OF_HEX ->
          ENCODES + "; take the 20 bytes of the hash (digest, not hexdigest)";
      case BASE64_TWICE -> ENCODES + "; encode once";
      case BASE64URL -> ENCODES + "; use the alphabet with + and /";
      case VALUE_WITHOUT_PADDING -> ENCODES + "; keep the padding: the value has 28 characters";
      case VALUE_IN_OTHER_CASE, VALUE_IN_QUOTES -> WRITES + "; write the value as it is";
    };
  }
}
