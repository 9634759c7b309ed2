package wscope.report.text;

import java.util.Arrays;

/** Lines that are shown again with other numbers of as many digits. */
final class Form {
  private final byte[] text;
  private final int[] places;

  /** The least number that has as many digits, and the least that has more, for each place. */
  private final long[] least;

  private final long[] greater;

  private Form(byte[] text, int[] places, int[] digits) {
    this.text = text;
    this.places = places;
    least = Arrays.stream(digits).mapToLong(LineBuffer::least).toArray();
    greater = Arrays.stream(digits).mapToLong(many -> LineBuffer.least(many + 1)).toArray();
  }

  /** The length of the lines in bytes. */
  int length() {
    return text.length;
  }

  /** Whether these numbers have as many digits as those of the lines, in the same order. */
  boolean fits(long[] numbers) {
    for (int i = 0; i < places.length; i++) {
      if (numbers[i] < least[i] || numbers[i] >= greater[i]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the lines with these numbers, which fit. */
  void write(byte[] to, int at, long[] numbers) {
    System.arraycopy(text, 0, to, at, text.length);
    for (int i = 0; i < places.length; i++) {
      LineBuffer.write(numbers[i], to, at + places[i]);
    }
  }

  /** Notes the numbers of lines while they are written for the first time. */
  static final class Draft {
    private final int start;
    private final int[] places;
    private final int[] digits;
    private int count;

    /**
     * Creates a draft.
     *
     * @param start the index in the buffer where the lines begin
     * @param numbers how many numbers the lines have
     */
    Draft(int start, int numbers) {
      this.start = start;
      places = new int[numbers];
      digits = new int[numbers];
    }

    void number(int end, int ofDigits) {
      places[count] = end - start;
      digits[count] = ofDigits;
      count++;
    }

    /** The form of the lines, which end at this index. */
    Form form(byte[] buffer, int end) {
      return new Form(Arrays.copyOfRange(buffer, start, end), places, digits);
    }
  }
}
