package wscope.connection.reply;

import wscope.connection.match.BytePattern;

/** Reads patterns for tests of other packages. */
public final class Patterns {
  private Patterns() {}

  public static BytePattern read(String pattern) throws InvalidScript {
    return PatternReader.read(new ScriptLine(1, pattern));
  }
}
