package wscope.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;

/** The unbuffered standard output of this process. Its write errors contain its name. */
final class StandardOutput extends FilterOutputStream {
  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException("cannot write standard output: " + IoMessages.reason(e), e);
    }
  }
}
