package wscope.cli.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input stream whose read errors contain its name. */
public final class NamedInput extends FilterInputStream {
  private final String name;

  /**
   * Names an input.
   *
   * @param name the name, such as "the file x"
   */
  public NamedInput(String name, InputStream in) {
    super(in);
    this.name = name;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException("cannot read " + name + ": " + IoMessages.reason(e), e);
    }
  }
}
