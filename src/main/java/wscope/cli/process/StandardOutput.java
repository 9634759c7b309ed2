package wscope.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;

/** The standard output of this process, not buffered; it says what it is when it takes no more. */
final class StandardOutput extends FilterOutputStream {
  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException("the standard output cannot be written: " + IoMessages.reason(e), e);
    }
  }
}
