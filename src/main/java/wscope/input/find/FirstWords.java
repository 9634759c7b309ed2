package wscope.input.find;

import wscope.input.find.Marks.Mark;

/** What the words of a line may begin: sequences of letters, digits and bytes beyond ASCII. */
final class FirstWords {
  private static final int NOT_DIGITS = 1;
  private static final int NOT_HEX = 2;

  /** A byte of a character beyond ASCII, among which words of ASCII may begin. */
  private static final int NOT_ASCII = 4;

  /** The first byte of a vertical line of box drawing, in UTF-8. */
  private static final int BOX = 8;

  /** The first byte of a control character from U+0080 on, in UTF-8. */
  private static final int CONTROL = 16;

  /** What joins the parts of times, dates and addresses. */
  private static final String JOINTS = ":-./";

  /** More parts are no time, date or address. */
  private static final int FEW = 8;

  private static final int NEVER = Integer.MAX_VALUE;

  private static final int LONGEST_SEPARATOR = 4;

  private static final byte PLAIN = -1;

  /** What may stand between the bytes of a dump. */
  static final byte BETWEEN_CELLS = -2;

  /** What may begin something else than a word. */
  static final byte SPECIAL = -3;

  /** What a byte of a word is not; negative for what separates words. */
  static final byte[] KINDS = new byte[256];

  /** The value of a hex digit, or -1. */
  private static final byte[] HEX = new byte[256];

  /** The first characters of words that matter although they are not hex. */
  private static final boolean[] MARKS = new boolean[256];

  /** Values of a first byte with which frames or heads may begin. */
  private static final boolean[] BEGINS = new boolean[256];

  static {
    for (int i = 0; i < 1 << 16; i++) {
      BEGINS[i >> 8] |= FrameCheck.canBegin(new byte[] {(byte) (i >> 8), (byte) i}, 0, 2);
    }
    for (int c = 0; c < 256; c++) {
      int digit = c < 0x80 ? Character.digit(c, 36) : 36;
      int not = digit < 10 ? 0 : digit < 16 ? NOT_DIGITS : NOT_DIGITS | NOT_HEX;
      KINDS[c] = (byte) (digit < 0 ? PLAIN : c < 0x80 ? not : not | NOT_ASCII);
      HEX[c] = (byte) (digit < 16 ? digit : -1);
      MARKS[c] = (digit >= 0 && digit < 10) || "HFftCc".indexOf(c) >= 0;
    }
    KINDS[0xe2] |= BOX;
    KINDS[0xc2] |= CONTROL;
    for (char c : " \t|-".toCharArray()) {
      KINDS[c] = BETWEEN_CELLS;
    }
    for (char c : "$#&/\\%'[{(<)".toCharArray()) {
      KINDS[c] = SPECIAL;
    }
  }

  private final FirstRow row = new FirstRow();
  private byte[] text = new byte[0];
  private int from;
  private int to;
  private int may;

  /** Whether the word before may be two hex digits with which frames begin. */
  private boolean pairBegins;

  /** Whether it may be another number with which frames begin. */
  private boolean numberBegins;

  /** Whether it is four bits. */
  private boolean nibbleBefore;

  private int lastEnd;

  /** The words before that have something between them that hardly separates bytes. */
  private int odd;

  private boolean oddBegins;

  /** The words before that colons, dashes, points or slashes join. */
  private int joined;

  /** How many joined words make the shortest frame that one of them begins. */
  private int needed;

  /** The value of a hex digit, or -1. */
  static int hex(byte c) {
    return HEX[c & 0xff];
  }

  void begin(byte[] in, int lineFrom, int lineTo) {
    text = in;
    from = lineFrom;
    to = lineTo;
    may = 0;
    forget();
    joined = 0;
    needed = NEVER;
    lastEnd = lineFrom;
    row.begin(in, lineFrom, lineTo);
  }

  private void forget() {
    pairBegins = false;
    numberBegins = false;
    nibbleBefore = false;
    odd = 0;
    oddBegins = false;
  }

  /** Something stands here that no row of a dump has between its bytes. */
  void endRow() {
    row.end();
  }

  /** The bits of the marks that may begin on the line. */
  int may() {
    return may | (row.may() ? Mark.ROW.bit() : 0);
  }

  /**
   * Takes a word.
   *
   * @param not the kinds of all its bytes
   */
  void take(int start, int end, int not) {
    if (Base64Start.isPossible(text[start]) && Base64Start.is(text, start, from, to)) {
      may |= Mark.BASE64.bit();
    }
    if ((not & NOT_HEX) == 0) {
      hex(start, end, not);
      row.hex(start, end, false);
      return;
    }
    if ((not & NOT_ASCII) != 0) {
      may |= Mark.MARKED_NUMBER.bit() | Mark.BASE64.bit();
      may |= (not & BOX) != 0 ? Mark.ROW.bit() : 0;
      may |= (not & CONTROL) != 0 ? Mark.LITERAL.bit() : 0;
    }
    boolean prefixed = MARKS[text[start] & 0xff] && marked(start, end);
    if (prefixed) {
      row.hex(start, end, true);
    } else {
      row.end();
      forget();
    }
  }

  private void hex(int start, int end, int not) {
    int length = end - start;
    boolean first = length % 2 == 0 && BEGINS[pair(start)];
    boolean last = length == 8 && isSignExtended(start, end);
    boolean nibble = length == 4 && areBits(start, end);
    boolean bits = is(start, end, "0b") || (length == 8 && areBits(start, end));
    bits |= nibble && nibbleBefore;
    nibbleBefore = nibble;
    if ((first && length > 2) || bits || follows(start, end)) {
      may |= Mark.RUN.bit();
    }
    lastEnd = end;
    pairBegins = (first && length == 2) || last;
    numberBegins = length <= 3 && isBeginningNumber(start, end, not);
    if (isSignExtended(start, end)) {
      may |= Mark.MARKED_NUMBER.bit();
    }
  }

  /** Whether a word makes a run with those before it. */
  private boolean follows(int start, int end) {
    int length = end - start;
    boolean small = length <= 2 || (length == 3 && decimal(start, end) <= 255);
    boolean begins = (pairBegins && length % 2 == 0) || (numberBegins && small);
    if (start == lastEnd + 1 && JOINTS.indexOf(text[lastEnd]) >= 0) {
      if (begins) {
        int least = length > 3 ? 0 : joined + 2 + leastLength(start, end);
        needed = Math.min(needed, Math.min(least, FEW + 1));
      }
      joined++;
      odd = 0;
      oddBegins = false;
      return joined + 1 >= needed;
    }
    joined = 0;
    needed = NEVER;
    begins &= isSeparator(start);
    if (isPlain(start)) {
      odd = 0;
      oddBegins = false;
      return begins;
    }
    odd++;
    oddBegins |= begins;
    return odd >= 2 && oddBegins;
  }

  /** Whether two words show that what stands between them separates bytes. */
  private boolean isPlain(int start) {
    for (int i = lastEnd; i < start; i++) {
      if (" \t,:-;|/_".indexOf(text[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether what stands before a word has not more than four marks: then it may separate bytes. */
  private boolean isSeparator(int start) {
    int marks = 0;
    for (int i = lastEnd; i < start; i++) {
      boolean white = text[i] == ' ' || text[i] == '\t';
      marks += white && i > lastEnd && (text[i - 1] == ' ' || text[i - 1] == '\t') ? 0 : 1;
    }
    return marks <= LONGEST_SEPARATOR;
  }

  private int decimal(int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = 10 * value + hex(text[i]);
    }
    return value;
  }

  /** The bytes after the second byte of a frame, of which this is the value in some base. */
  private int leastLength(int start, int end) {
    int hex = 0;
    for (int i = start; i < end; i++) {
      hex = hex << 4 | hex(text[i]);
    }
    return Math.min(hex & 0x7f, decimal(start, end) & 0x7f);
  }

  private int pair(int at) {
    return hex(text[at]) << 4 | hex(text[at + 1]);
  }

  private boolean isBeginningNumber(int start, int end, int not) {
    int hex = 0;
    for (int i = start; i < end; i++) {
      hex = hex << 4 | hex(text[i]);
    }
    int decimal = (not & NOT_DIGITS) == 0 ? decimal(start, end) : 256;
    return (decimal < 256 && BEGINS[decimal]) || (hex < 256 && BEGINS[hex]);
  }

  private boolean areBits(int start, int end) {
    for (int i = start; i < end; i++) {
      if ((text[i] & 0xfe) != '0') {
        return false;
      }
    }
    return true;
  }

  /** Whether a word begins as {@code ffffff81} does. */
  private boolean isSignExtended(int start, int end) {
    if (end - start < 8) {
      return false;
    }
    for (int i = start; i < start + 6; i++) {
      if ((text[i] | 0x20) != 'f') {
        return false;
      }
    }
    return true;
  }

  /** Looks at a word with other letters; returns whether it is 0x and hex digits. */
  private boolean marked(int start, int end) {
    int length = end - start;
    byte c = text[start];
    if (c == '0' && length > 2 && (text[start + 1] | 0x20) == 'x') {
      return prefixed(start, end);
    }
    boolean suffixed = length <= 4 && length >= 3 && (text[end - 1] | 0x20) == 'h';
    if (suffixed || (c == 'H' && length == 3)) {
      may |= Mark.RUN.bit();
    }
    boolean assembler = length >= 3 && (c == '8' || c == 'C' || c == 'c') && text[start + 2] == 'h';
    if (assembler || isSignExtended(start, end)) {
      may |= Mark.MARKED_NUMBER.bit();
    }
    boolean screen =
        switch (length) {
          case 3 -> is(start, end, "FIN");
          case 4 -> is(start, end, "type");
          case 5 -> is(start, end, "frame");
          default -> false;
        };
    may |= screen ? Mark.SCREEN.bit() : 0;
    return false;
  }

  private boolean is(int start, int end, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (start + i >= end || text[start + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean prefixed(int start, int end) {
    boolean hex = true;
    for (int i = start + 2; i < end; i++) {
      hex &= hex(text[i]) >= 0;
    }
    boolean offset = start - 2 >= from && text[start - 1] == '+' && isWord(text[start - 2]);
    int length = end - start;
    boolean large = hex && length > 4 && text[start + 2] != '0' && !isSignExtended(start + 2, end);
    boolean item = !offset && !large && FirstItem.mayGoOn(text, start, to);
    may |= item ? Mark.MARKED_NUMBER.bit() : 0;
    boolean group = length > 4 && length % 2 == 0 && hex && BEGINS[pair(start + 2)];
    may |= hex && (length <= 4 || group) ? Mark.RUN.bit() : 0;
    forget();
    return hex;
  }

  private static boolean isWord(byte c) {
    return KINDS[c & 0xff] >= 0;
  }
}
