package wscope.input.spelling;

/** Copies bytes unchanged. */
final class RawReader extends SpellingReader {

  RawReader(Octets out) {
    super(out);
  }

  @Override
  int read(byte[] text, int from, int to, long offset) {
    int count = Math.min(to - from, out.room());
    out.put(text, from, count);
    return from + count;
  }

  @Override
  void end(long offset) {}
}
